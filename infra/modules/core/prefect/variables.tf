variable "name" {
  description = "Prefix of task families, log groups and names."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "The name is 2 to 31 lower-case letters, digits and dashes."
  }
}

variable "region" {
  description = "Region of the logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.region))
    error_message = "The region looks like eu-west-2."
  }
}

variable "host" {
  description = "Host name under which browsers reach the server."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\.", var.host))
    error_message = "This is a DNS name."
  }
}

variable "port" {
  description = "Port of the Prefect server."
  type        = number
  nullable    = false

  validation {
    condition     = var.port > 0 && var.port < 65536
    error_message = "A port lies between 1 and 65535."
  }
}

variable "images" {
  description = "Pinned images: base for the server and the worker, deployer for the deployer."
  type = object({
    base     = string
    deployer = string
  })
  nullable = false

  validation {
    condition     = alltrue([for image in values(var.images) : !endswith(image, ":latest")])
    error_message = "An image is pinned to a concrete tag, never latest."
  }
}

variable "work_pool" {
  description = "Work pool the worker serves and flows are deployed to."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]+$", var.work_pool))
    error_message = "The pool's name is of lower-case letters, digits and dashes."
  }
}

variable "database" {
  description = "Where the server keeps its records, and the secret with username and password."
  type = object({
    host       = string
    port       = number
    name       = string
    secret_arn = string
  })
  nullable = false

  validation {
    condition     = var.database.port > 0 && var.database.name != ""
    error_message = "The database has a port and a name."
  }
}

variable "cluster" {
  description = "Cluster of the services and the namespace in which they find each other."
  type = object({
    arn            = string
    name           = string
    namespace_id   = string
    namespace_name = string
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\.[a-z]+$", var.cluster.namespace_name))
    error_message = "The namespace is a DNS name."
  }
}

variable "roles" {
  description = "Roles: execution of the platform and of flows, and one for the code of each task."
  type = object({
    execution      = string
    flow_execution = string
    server         = string
    worker         = string
    deployer       = string
    flow           = string
  })
  nullable = false

  validation {
    condition     = alltrue([for arn in values(var.roles) : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/", arn))])
    error_message = "Each is the ARN of a role."
  }
}

variable "security_group_ids" {
  description = "Security groups of the server and of the workers."
  type = object({
    server  = string
    workers = string
  })
  nullable = false

  validation {
    condition     = alltrue([for id in values(var.security_group_ids) : startswith(id, "sg-")])
    error_message = "Each is the id of a security group."
  }
}

variable "subnet_ids" {
  description = "Private subnets with a way out."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 1
    error_message = "At least 1 needed."
  }
}

variable "target_group_arn" {
  description = "Target group the ALB forwards to."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:elasticloadbalancing:", var.target_group_arn))
    error_message = "This is an ARN of elasticloadbalancing."
  }
}

variable "parked" {
  description = "Run neither server nor worker."
  type        = bool
  nullable    = false

  validation {
    condition     = var.parked != null
    error_message = "An environment is parked or it is not."
  }
}
