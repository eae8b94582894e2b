variable "name" {
  description = "Prefix of every name of the database."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "The name is 2 to 31 lower-case letters, digits and dashes."
  }
}

variable "subnet_ids" {
  description = "Private subnets in different zones."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "At least 2 needed."
  }
}

variable "security_group_ids" {
  description = "Security groups of the cluster."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) >= 1
    error_message = "At least 1 needed."
  }
}

variable "engine_version" {
  description = "Version of Aurora PostgreSQL 15."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^15\\.[0-9]+$", var.engine_version)) && try(tonumber(split(".", var.engine_version)[1]) >= 7, false)
    error_message = "Aurora PostgreSQL pauses by itself from 15.7 on, and the parameter group is for 15."
  }
}

variable "port" {
  description = "Port of the database."
  type        = number
  nullable    = false

  validation {
    condition     = var.port >= 1150 && var.port <= 65535
    error_message = "Aurora listens on a port between 1150 and 65535."
  }
}

variable "capacity" {
  description = "Smallest and greatest capacity in ACU while unparked."
  type = object({
    min = number
    max = number
  })
  default  = { min = 0.5, max = 1 }
  nullable = false

  validation {
    condition     = var.capacity.min >= 0.5 && var.capacity.max >= var.capacity.min && var.capacity.max >= 1
    error_message = "At least 0.5 ACU, and a maximum of at least 1 that is no smaller than the minimum."
  }
}

variable "parked" {
  description = "Let the capacity fall to 0 ACU: the database pauses when nobody is connected, and wakes when somebody connects."
  type        = bool
  nullable    = false

  validation {
    condition     = var.parked != null
    error_message = "An environment is parked or it is not."
  }
}
