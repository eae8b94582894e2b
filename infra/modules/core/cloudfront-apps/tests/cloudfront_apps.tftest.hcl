mock_provider "aws" {}

variables {
  name            = "blog"
  hosts           = { portal = "portal.rocketclub.online", pipelines = "pipelines.rocketclub.online" }
  origin_dns_name = "blog-1.eu-west-2.elb.amazonaws.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  zone_id         = "Z1"
  parked          = false
}

run "visitors_reach_the_alb" {
  command = plan

  assert {
    condition     = alltrue([for key, distribution in aws_cloudfront_distribution.app : distribution.aliases == toset([var.hosts[key]]) && distribution.enabled])
    error_message = "Each application has its own alias."
  }

  assert {
    condition = alltrue([for distribution in aws_cloudfront_distribution.app :
      anytrue([for origin in distribution.origin : origin.domain_name == var.origin_dns_name && try(origin.custom_origin_config[0].origin_protocol_policy, "") == "https-only"])
    ])
    error_message = "The origin is the ALB, over HTTPS."
  }

  assert {
    condition     = alltrue([for distribution in aws_cloudfront_distribution.app : distribution.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https" && distribution.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"])
    error_message = "Visitors come over TLS 1.2 or better."
  }

  assert {
    condition = alltrue([for distribution in aws_cloudfront_distribution.app :
      one(distribution.custom_error_response).error_code == 503 && one(distribution.custom_error_response).response_page_path == null && one(distribution.custom_error_response).error_caching_min_ttl == 0
    ])
    error_message = "An outage is shown as what it is, and is not remembered."
  }

  assert {
    condition     = alltrue([for distribution in aws_cloudfront_distribution.app : try(length(distribution.default_cache_behavior[0].response_headers_policy_id), 0) == 0])
    error_message = "A live answer says nothing about coming again."
  }
}

run "parked_says_when_to_come_again" {
  variables {
    parked = true
  }

  assert {
    condition     = alltrue([for distribution in aws_cloudfront_distribution.app : distribution.default_cache_behavior[0].response_headers_policy_id == aws_cloudfront_response_headers_policy.parked.id])
    error_message = "While parked every answer carries the policy's header."
  }

  assert {
    condition     = one(one(aws_cloudfront_response_headers_policy.parked.custom_headers_config).items).header == "Retry-After"
    error_message = "The header is Retry-After."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name            = "Blog"
    hosts           = {}
    origin_dns_name = "alb"
    certificate_arn = "arn:aws:acm:eu-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555"
    zone_id         = ""
  }

  expect_failures = [var.name, var.hosts, var.origin_dns_name, var.certificate_arn, var.zone_id]
}
