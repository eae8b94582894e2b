variable "name" {
  description = "Name of the cluster."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "The name is 2 to 31 lower-case letters, digits and dashes."
  }
}

variable "vpc_id" {
  description = "VPC in which services find each other by name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^vpc-", var.vpc_id))
    error_message = "This is the id of a VPC."
  }
}
