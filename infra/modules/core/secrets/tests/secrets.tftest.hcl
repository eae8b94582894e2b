mock_provider "aws" {}

variables {
  oidc_secret_name = "blog-infra/kinde/oidc"
  secrets = {
    neo4j = { name = "blog-data/neo4j/credentials", description = "Neo4j" }
  }
}

run "placeholder_stays_out_of_the_state" {
  command = plan

  assert {
    condition     = aws_secretsmanager_secret_version.oidc_placeholder.secret_string_wo == null && aws_secretsmanager_secret_version.oidc_placeholder.secret_string_wo_version == 1
    error_message = "The value is write-only."
  }

  assert {
    condition     = tolist(aws_secretsmanager_secret_version.oidc_placeholder.version_stages) == tolist(["PLACEHOLDER"])
    error_message = "The placeholder never asks to be the current version."
  }

  assert {
    condition     = alltrue([for secret in concat(values(aws_secretsmanager_secret.this), [aws_secretsmanager_secret.oidc]) : secret.recovery_window_in_days == 30])
    error_message = "A deleted secret can be brought back for 30 days."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    oidc_secret_name = "Kinde!"
    secrets          = { neo4j = { name = "neo4j", description = "" } }
  }

  expect_failures = [var.oidc_secret_name, var.secrets]
}
