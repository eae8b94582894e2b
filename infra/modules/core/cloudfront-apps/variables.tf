variable "hosts" {
  description = "Host name of each application."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.hosts) > 0 && alltrue([for host in var.hosts : can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", host))])
    error_message = "At least one host, each a lower-case DNS name."
  }
}

variable "origin_dns_name" {
  description = "The ALB's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\.", var.origin_dns_name))
    error_message = "This is a DNS name."
  }
}

variable "certificate_arn" {
  description = "Certificate for all hosts, in us-east-1."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:acm:us-east-1:", var.certificate_arn))
    error_message = "CloudFront takes certificates from us-east-1 only."
  }
}

variable "parked_bucket_name" {
  description = "Bucket that this module makes for the parked page."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9-]{3,63}$", var.parked_bucket_name))
    error_message = "This is a bucket name without dots."
  }
}

variable "zone_id" {
  description = "Zone that carries the aliases."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(".+", var.zone_id))
    error_message = "The zone's id is needed."
  }
}
