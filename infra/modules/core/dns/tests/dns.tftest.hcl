mock_provider "aws" {}

run "zone_is_public" {
  command = plan

  variables {
    domain = "rocketclub.online"
  }

  assert {
    condition     = aws_route53_zone.this.name == "rocketclub.online" && length(aws_route53_zone.this.vpc) == 0
    error_message = "The zone answers for the domain, in public."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    domain = "rocketclub.online."
  }

  expect_failures = [var.domain]
}
