resource "aws_route53_zone" "this" {
  name    = var.domain
  comment = "Validation records and aliases of the applications"

  # A new zone has other name servers: every delegation would have to follow.
  lifecycle {
    prevent_destroy = true
  }
}
