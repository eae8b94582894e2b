variable "domain" {
  description = "Domain whose public zone answers for the applications."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain))
    error_message = "The domain is a lower-case DNS name without a final dot."
  }
}
