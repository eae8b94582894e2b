variable "prefix" {
  description = "Prefix that makes the bucket names unique in the world."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}$", var.prefix))
    error_message = "The prefix is 3 to 31 lower-case letters, digits and dashes."
  }
}

variable "roles" {
  description = "What the buckets are for; each becomes <prefix>-<role>."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.roles) > 0 && alltrue([for role in var.roles : can(regex("^[a-z][a-z-]{1,30}$", role))])
    error_message = "At least one role, each of lower-case letters and dashes."
  }
}

variable "noncurrent_days" {
  description = "Days an overwritten or deleted object can still be brought back."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.noncurrent_days >= 30
    error_message = "Old versions are kept at least 30 days."
  }
}
