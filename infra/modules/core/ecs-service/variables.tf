variable "name" {
  description = "Name of the task: its service, container and log stream."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "The name is 2 to 31 lower-case letters, digits and dashes."
  }
}

variable "family_prefix" {
  description = "Prefix of the task definition's family and of the log group."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.family_prefix))
    error_message = "The prefix is of lower-case letters, digits and dashes."
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

variable "image" {
  description = "Image with a concrete tag of this account's registry."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9-]+:[A-Za-z0-9_.-]+$", var.image))
    error_message = "The image is <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>."
  }
}

variable "cpu" {
  description = "CPU units of the task; 256 is a quarter of a vCPU."
  type        = number
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu)
    error_message = "Fargate offers 256, 512, 1024, 2048 and 4096 CPU units."
  }
}

variable "memory" {
  description = "Memory of the task in MiB."
  type        = number
  nullable    = false

  validation {
    condition     = var.memory >= 512 && var.memory >= 2 * var.cpu && var.memory <= 8 * var.cpu
    error_message = "Fargate offers at least 512 MiB, and two to eight MiB for each CPU unit."
  }
}

variable "command" {
  description = "Command line; empty means the image's own."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for word in var.command : word != ""])
    error_message = "No word of a command is empty."
  }
}

variable "environment" {
  description = "Environment variables that are no secret."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "Environment variables are in capitals."
  }
}

variable "secrets" {
  description = "Environment variables from Secrets Manager: name to the secret's ARN, or ARN:key::."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "Environment variables are in capitals."
  }
}

variable "port" {
  description = "Port the container listens on; null when it listens on none."
  type        = number
  default     = null

  validation {
    condition     = var.port == null ? true : var.port > 0 && var.port < 65536
    error_message = "A port lies between 1 and 65535."
  }
}

variable "service" {
  description = "How the task is kept running; null makes it a one-off task that somebody starts."
  type = object({
    cluster_arn        = string
    desired_count      = number
    subnet_ids         = list(string)
    security_group_ids = list(string)
    target_group_arns  = optional(list(string), [])
    registry_arns      = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.service == null ? true : var.service.desired_count >= 1
    error_message = "A service runs at least one task; parking is what takes it to zero."
  }

  validation {
    condition     = var.service == null ? true : length(var.service.target_group_arns) == 0 || var.port != null
    error_message = "A service behind a load balancer needs a port."
  }
}

variable "log_retention_days" {
  description = "Days the logs are kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 7, 14, 30, 60, 90, 180 or 365 days."
  }
}

variable "execution_role_arn" {
  description = "Role with which ECS pulls the image, reads the secrets and writes the logs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/", var.execution_role_arn))
    error_message = "This is the ARN of a role."
  }
}

variable "task_role_arn" {
  description = "Role of the code in the container."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/", var.task_role_arn))
    error_message = "This is the ARN of a role."
  }
}

variable "parked" {
  description = "Run no task of the service."
  type        = bool
  nullable    = false

  validation {
    condition     = var.parked != null
    error_message = "An environment is parked or it is not."
  }
}
