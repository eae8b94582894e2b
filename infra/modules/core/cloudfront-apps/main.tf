locals {
  alb_origin = "alb"

  # AWS's managed policies have the same ids in every account.
  managed = {
    caching_disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    all_viewer       = "216adef6-5c7f-47e4-b989-5492eafa07d3"
  }
}

resource "aws_cloudfront_distribution" "app" {
  for_each        = var.hosts
  enabled         = true
  is_ipv6_enabled = true
  comment         = each.key
  aliases         = [each.value]
  price_class     = "PriceClass_100"
  http_version    = "http2and3"

  origin {
    origin_id   = local.alb_origin
    domain_name = var.origin_dns_name

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      origin_read_timeout    = 60
    }
  }

  # The Host header and the session cookie must reach the ALB, and no answer is anyone else's.
  default_cache_behavior {
    target_origin_id           = local.alb_origin
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = local.managed.caching_disabled
    origin_request_policy_id   = local.managed.all_viewer
    response_headers_policy_id = var.parked ? aws_cloudfront_response_headers_policy.parked.id : null
  }

  # The load balancer's own answer reaches the visitor, and its end is noticed at once.
  custom_error_response {
    error_code            = 503
    error_caching_min_ttl = 0
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# An ALB's fixed response cannot carry the header itself. The policy costs nothing, so it stays, and only parking attaches it.
resource "aws_cloudfront_response_headers_policy" "parked" {
  name    = "${var.name}-parked"
  comment = "Tells whoever meets the parked page when to come again"

  custom_headers_config {
    items {
      header   = "Retry-After"
      override = true
      value    = "600"
    }
  }
}

resource "aws_route53_record" "app" {
  for_each = var.hosts
  zone_id  = var.zone_id
  name     = each.value
  type     = "A"

  alias {
    name                   = aws_cloudfront_distribution.app[each.key].domain_name
    zone_id                = aws_cloudfront_distribution.app[each.key].hosted_zone_id
    evaluate_target_health = false
  }
}
