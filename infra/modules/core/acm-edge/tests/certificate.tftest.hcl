mock_provider "aws" {}

variables {
  hosts = ["pipelines.rocketclub.online", "portal.rocketclub.online"]

}

run "one_certificate_for_all_hosts" {
  command = plan

  assert {
    condition     = aws_acm_certificate.this.domain_name == var.hosts[0] && contains(aws_acm_certificate.this.subject_alternative_names, var.hosts[1])
    error_message = "Every host is on the certificate."
  }

  assert {
    condition     = aws_acm_certificate.this.validation_method == "DNS"
    error_message = "The certificate renews by itself only when DNS validates it."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    hosts = []
  }

  expect_failures = [var.hosts]
}
