mock_provider "aws" {}

variables {
  hosts              = { portal = "portal.rocketclub.online", pipelines = "pipelines.rocketclub.online" }
  origin_dns_name    = "blog-1.eu-west-2.elb.amazonaws.com"
  certificate_arn    = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  parked_bucket_name = "rocketclub-parked-page"
  zone_id            = "Z1"
}

run "visitors_reach_the_alb_or_the_parked_page" {
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
      one(distribution.custom_error_response).error_code == 503 && one(distribution.custom_error_response).response_code == 503 &&
      one(distribution.custom_error_response).response_page_path == "/${aws_s3_object.parked.key}"
    ])
    error_message = "A 503 stays a 503 and shows the parked page."
  }

  assert {
    condition     = strcontains(aws_s3_object.parked.content, "This environment is parked") && strcontains(aws_s3_object.parked.content, "unpark-infrastructure")
    error_message = "The page says that it is parked, and how it is woken."
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.parked.block_public_policy && aws_s3_bucket_public_access_block.parked.restrict_public_buckets && aws_cloudfront_origin_access_control.parked.signing_behavior == "always"
    error_message = "Only CloudFront reads the page's bucket."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    hosts              = {}
    origin_dns_name    = "alb"
    certificate_arn    = "arn:aws:acm:eu-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555"
    parked_bucket_name = "Parked"
    zone_id            = ""
  }

  expect_failures = [var.hosts, var.origin_dns_name, var.certificate_arn, var.parked_bucket_name, var.zone_id]
}
