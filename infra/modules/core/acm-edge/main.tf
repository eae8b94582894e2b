# CloudFront takes certificates from us-east-1 only: the caller passes a provider of that region.
# The validation records are those of acm-alb-origin, which the caller makes first.
resource "aws_acm_certificate" "this" {
  domain_name               = var.hosts[0]
  subject_alternative_names = slice(var.hosts, 1, length(var.hosts))
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn = aws_acm_certificate.this.arn
}
