variable "name" {
  description = "Prefix of the function's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "The name is 2 to 31 lower-case letters, digits and dashes."
  }
}

variable "role_arn" {
  description = "Role of the function."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam:", var.role_arn))
    error_message = "This is an ARN of iam."
  }
}

variable "package" {
  description = "The function's ZIP and the SHA-256 (hex) it is pinned to."
  type = object({
    path   = string
    sha256 = string
  })
  nullable = false

  validation {
    condition     = can(regex("^[0-9a-f]{64}$", var.package.sha256))
    error_message = "A SHA-256 is 64 lower-case hexadecimal digits."
  }
}

variable "bucket" {
  description = "Bucket whose designs/*.ork objects are processed."
  type = object({
    name = string
    arn  = string
  })
  nullable = false

  validation {
    condition     = startswith(var.bucket.arn, "arn:aws")
    error_message = "The bucket has a name and an ARN."
  }
}

variable "secret_arns" {
  description = "Secrets the function reads."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for key in ["neo4j", "cloudinary"] : contains(keys(var.secret_arns), key)])
    error_message = "The map has the keys neo4j and cloudinary."
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

variable "security_group_ids" {
  description = "Security groups of the function."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) >= 1
    error_message = "At least 1 needed."
  }
}

variable "parked" {
  description = "Take all concurrency: nothing is invoked, events go to the queue of lost events."
  type        = bool
  nullable    = false

  validation {
    condition     = var.parked != null
    error_message = "An environment is parked or it is not."
  }
}
