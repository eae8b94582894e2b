variable "name" {
  description = "Prefix of every name in the network."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,19}$", var.name))
    error_message = "The name is 2 to 20 lower-case letters, digits and dashes."
  }
}

variable "region" {
  description = "Region whose AWS services the endpoints lead to."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.region))
    error_message = "The region looks like eu-west-2."
  }
}

variable "vpc_cidr" {
  description = "Address range of the VPC; subnets are /24s cut from it."
  type        = string
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && endswith(var.vpc_cidr, "/16")
    error_message = "The VPC's range is an IPv4 /16."
  }
}

variable "availability_zones" {
  description = "Zones that get one public and one private subnet each; the first carries the NAT gateway."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.availability_zones) >= 2 && length(distinct(var.availability_zones)) == length(var.availability_zones)
    error_message = "An ALB and an Aurora subnet group need at least two different zones."
  }
}

variable "app_ports" {
  description = "Port of each application behind the ALB."
  type = object({
    portal    = number
    pipelines = number
  })
  nullable = false

  validation {
    condition     = alltrue([for port in values(var.app_ports) : port > 0 && port < 65536])
    error_message = "A port lies between 1 and 65535."
  }
}

variable "database_port" {
  description = "Port of the database."
  type        = number
  nullable    = false

  validation {
    condition     = var.database_port > 0 && var.database_port < 65536
    error_message = "A port lies between 1 and 65535."
  }
}

variable "parked" {
  description = "Take away what costs money by the hour: NAT gateway, its address, interface endpoints."
  type        = bool
  nullable    = false

  validation {
    condition     = var.parked != null
    error_message = "An environment is parked or it is not."
  }
}
