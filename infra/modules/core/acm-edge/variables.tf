variable "hosts" {
  description = "Host names the certificate is for; the first is its common name."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.hosts) > 0 && alltrue([for host in var.hosts : can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", host))])
    error_message = "At least one host, each a lower-case DNS name."
  }
}
