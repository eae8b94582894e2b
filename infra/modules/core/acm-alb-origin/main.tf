# The certificate of the ALB. CloudFront forwards the viewer's Host header, so the origin answers for the same names.
resource "aws_acm_certificate" "this" {
  domain_name               = var.hosts[0]
  subject_alternative_names = slice(var.hosts, 1, length(var.hosts))
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  validation = { for option in aws_acm_certificate.this.domain_validation_options : option.domain_name => option }
}

# ACM gives one account the same record for the same name in every region, so these validate the edge's too.
resource "aws_route53_record" "validation" {
  for_each = toset(var.hosts)
  zone_id  = var.zone_id
  name     = local.validation[each.key].resource_record_name
  type     = local.validation[each.key].resource_record_type
  records  = [local.validation[each.key].resource_record_value]
  ttl      = 60
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}
