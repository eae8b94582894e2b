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

variable "name" {
  description = "Prefix of what this module makes."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}$", var.name))
    error_message = "The name is short, lower-case, and starts with a letter."
  }
}

variable "parked" {
  description = "Whether the load balancer answers in the applications' place."
  type        = bool
  nullable    = false

  validation {
    condition     = var.parked != null
    error_message = "An environment is parked or it is not."
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
