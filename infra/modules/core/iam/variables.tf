variable "name" {
  description = "Prefix of every role and policy, and of what the apply role may touch."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,19}$", var.name))
    error_message = "The name is 2 to 20 lower-case letters, digits and dashes."
  }
}

variable "account_id" {
  description = "The account the roles are in."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has 12 digits."
  }
}

variable "region" {
  description = "Region of everything that is not global."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.region))
    error_message = "The region looks like eu-west-2."
  }
}

variable "circleci" {
  description = "Organization and projects in CircleCI, and where the apply role's changes must come from."
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

  validation {
    condition     = can(regex("^github\\.com/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", var.circleci.infra_repository)) && can(regex("^[A-Za-z0-9/_.-]+$", var.circleci.apply_branch))
    error_message = "The repository is github.com/<owner>/<name>, the branch a plain name: no wildcards."
  }
}

variable "state" {
  description = "Bucket and key of the Terraform state."
  type = object({
    bucket = string
    key    = string
  })
  nullable = false

  validation {
    condition     = endswith(var.state.key, ".tfstate") && length(var.state.bucket) >= 3
    error_message = "The key ends with .tfstate."
  }
}

variable "bucket_prefix" {
  description = "Prefix of every bucket of this environment."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.bucket_prefix) >= 3
    error_message = "The prefix has at least three characters."
  }
}

variable "data_bucket_arns" {
  description = "Data buckets by role."
  type        = map(string)
  nullable    = false

  validation {
    condition     = contains(keys(var.data_bucket_arns), "design-files")
    error_message = "The design-files bucket is among them."
  }
}

variable "secret_arns" {
  description = "Application secrets."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for key in ["neo4j", "cloudinary"] : contains(keys(var.secret_arns), key)])
    error_message = "neo4j and cloudinary are among them."
  }
}

variable "oidc_secret_arn" {
  description = "The one secret that Terraform reads: the ALB's OIDC client."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.oidc_secret_arn, "arn:aws")
    error_message = "This is the ARN of a secret."
  }
}

variable "database" {
  description = "The master password's secret and the key it is encrypted with."
  type = object({
    secret_arn  = string
    kms_key_arn = string
  })
  nullable = false

  validation {
    condition     = alltrue([for arn in values(var.database) : startswith(arn, "arn:aws")])
    error_message = "Both are ARNs."
  }
}

variable "repository_arns" {
  description = "Image repositories: data is the one the data application pushes to, portal the portal's."
  type = object({
    data   = string
    portal = string
  })
  nullable = false

  validation {
    condition     = alltrue([for arn in values(var.repository_arns) : startswith(arn, "arn:aws")])
    error_message = "Both are ARNs."
  }
}

variable "cluster_arn" {
  description = "Cluster in which the worker and the data pipeline may start tasks."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.cluster_arn, "arn:aws")
    error_message = "This is the ARN of a cluster."
  }
}
