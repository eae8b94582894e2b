variable "name" {
  description = "Name of the load balancer and prefix of its target groups."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "The name is 2 to 31 lower-case letters, digits and dashes."
  }
}

variable "vpc_id" {
  description = "VPC of the targets."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^vpc-", var.vpc_id))
    error_message = "This is the id of a VPC."
  }
}

variable "subnet_ids" {
  description = "Public subnets, in different zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "At least 2 needed."
  }
}

variable "security_group_ids" {
  description = "Security groups of the load balancer."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) >= 1
    error_message = "At least 1 needed."
  }
}

variable "certificate_arn" {
  description = "Certificate for all hosts, in this region."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:acm:", var.certificate_arn))
    error_message = "This is the ARN of an ACM certificate."
  }
}

variable "log_bucket_name" {
  description = "Bucket that this module makes for the access logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9-]{3,63}$", var.log_bucket_name))
    error_message = "This is a bucket name without dots."
  }
}

variable "apps" {
  description = "Applications by key: the host name that leads to it, its port, health check and rule priority."
  type = map(object({
    host        = string
    port        = number
    health_path = string
    priority    = number
  }))
  nullable = false

  validation {
    condition     = alltrue([for app in var.apps : can(regex("^/[A-Za-z0-9/_.-]+$", app.health_path)) && app.port > 0 && app.port < 65536])
    error_message = "A health path starts with /, holds no wildcard, and a port lies between 1 and 65535."
  }

  # Priority 1 belongs to the rule that answers while parked; each application's health path takes the one before its own.
  validation {
    condition     = alltrue([for app in var.apps : app.priority > 2]) && length(distinct(flatten([for app in var.apps : [app.priority - 1, app.priority]]))) == 2 * length(var.apps)
    error_message = "Priorities are greater than 2 and differ by 2 at least."
  }
}

variable "oidc" {
  description = "The identity provider's endpoints."
  type = object({
    issuer                 = string
    authorization_endpoint = string
    token_endpoint         = string
    user_info_endpoint     = string
  })
  nullable = false

  validation {
    condition     = alltrue([for url in values(var.oidc) : startswith(url, "https://")])
    error_message = "Identity is only spoken of over https."
  }
}

variable "oidc_client" {
  description = "The client's id and secret. The provider has no write-only form: the listener rules keep them in the state."
  type = object({
    client_id     = string
    client_secret = string
  })
  sensitive = true
  nullable  = false

  validation {
    condition     = var.oidc_client.client_id != "" && var.oidc_client.client_secret != ""
    error_message = "The client has an id and a secret."
  }
}

variable "parked" {
  description = "Answer 503 for every host before anyone is asked to log in."
  type        = bool
  nullable    = false

  validation {
    condition     = var.parked != null
    error_message = "An environment is parked or it is not."
  }
}
