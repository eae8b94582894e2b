variable "parked" {
  description = "Whether what costs money by the hour is switched off. Signalbox gives it; it is never written in a file."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = var.parked != null
    error_message = "An environment is parked or it is not."
  }
}

variable "account_id" {
  description = "The account this is applied to. Given with every target, so that no other account is ever touched."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has 12 digits."
  }
}

variable "region" {
  description = "Region of everything except CloudFront's certificates."
  type        = string
  default     = "eu-west-2"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.region))
    error_message = "The region looks like eu-west-2."
  }
}

variable "domain" {
  description = "Domain under which the applications answer."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain))
    error_message = "The domain is a lower-case DNS name without a final dot."
  }
}

variable "bucket_prefix" {
  description = "Prefix that makes the bucket names unique in the world."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.bucket_prefix))
    error_message = "The prefix is 3 to 31 lower-case letters, digits and dashes."
  }
}

variable "kinde_host" {
  description = "Host of the Kinde business that people log in at."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", var.kinde_host))
    error_message = "This is a host name, without https:// and without a path."
  }
}

variable "circleci" {
  description = "Organization and projects in CircleCI, and the repository and branch from which may be applied."
  type = object({
    org_id           = string
    infra_project_id = string
    data_project_id  = string
    infra_repository = string
    apply_branch     = string
  })
  nullable = false

  validation {
    condition = alltrue([
      for id in [var.circleci.org_id, var.circleci.infra_project_id, var.circleci.data_project_id] :
      can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))
    ])
    error_message = "CircleCI's organization and projects are known by UUIDs."
  }
}

variable "alert_email" {
  description = "Who is told about alarms and the budget."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+$", var.alert_email))
    error_message = "This is an e-mail address."
  }
}

variable "monthly_budget_usd" {
  description = "Monthly cost in USD whose 80 % is worth a mail."
  type        = number
  default     = 250
  nullable    = false

  validation {
    condition     = var.monthly_budget_usd >= 1
    error_message = "The budget is at least one dollar."
  }
}

variable "aurora_engine_version" {
  description = "Version of Aurora PostgreSQL."
  type        = string
  default     = "15.13"
  nullable    = false

  validation {
    condition     = can(regex("^15\\.[0-9]+$", var.aurora_engine_version)) && try(tonumber(split(".", var.aurora_engine_version)[1]) >= 7, false)
    error_message = "Aurora PostgreSQL pauses by itself from 15.7 on, and moving to another major version is a migration."
  }
}
