variable "name" {
  description = "Prefix of alarms, topic and budget."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "The name is 2 to 31 lower-case letters, digits and dashes."
  }
}

variable "alert_email" {
  description = "Who is told."
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
  nullable    = false

  validation {
    condition     = var.monthly_budget_usd >= 1
    error_message = "The budget is at least one dollar."
  }
}

variable "alb_arn_suffix" {
  description = "The load balancer in CloudWatch."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^app/", var.alb_arn_suffix))
    error_message = "The suffix starts with app/."
  }
}

variable "function_name" {
  description = "The ork-processor."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(".+", var.function_name))
    error_message = "The function's name is needed."
  }
}

variable "lost_events_queue_name" {
  description = "Queue of events that were never processed."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(".+", var.lost_events_queue_name))
    error_message = "The queue's name is needed."
  }
}
