variable "secrets" {
  description = "Secrets whose values people put in: key in the outputs, to name and description."
  type = map(object({
    name        = string
    description = string
  }))
  nullable = false

  validation {
    condition     = alltrue([for secret in var.secrets : can(regex("^[a-z][a-z0-9/-]+$", secret.name)) && secret.description != ""])
    error_message = "Each secret has a description and a name of lower-case letters, digits, slashes and dashes."
  }
}

variable "oidc_secret_name" {
  description = "Name of the secret with the identity provider's client id and client secret."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9/-]+$", var.oidc_secret_name))
    error_message = "The name is of lower-case letters, digits, slashes and dashes."
  }
}
