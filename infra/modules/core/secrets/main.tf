locals {
  # What stands in the OIDC secret until its owner puts the real value: enough for the listener rule to be made.
  oidc_placeholder = { client_id = "placeholder", client_secret = "placeholder" }
}

resource "aws_secretsmanager_secret" "this" {
  for_each                = var.secrets
  name                    = each.value.name
  description             = each.value.description
  recovery_window_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_secretsmanager_secret" "oidc" {
  name                    = var.oidc_secret_name
  description             = "OIDC client of the ALB: JSON with client_id and client_secret"
  recovery_window_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

# The first version of a secret becomes current by itself; its own stage keeps Secrets Manager from discarding it
# once two real values have come after it. Were it ever written again, it would not become current.
resource "aws_secretsmanager_secret_version" "oidc_placeholder" {
  secret_id                = aws_secretsmanager_secret.oidc.id
  secret_string_wo         = jsonencode(local.oidc_placeholder)
  secret_string_wo_version = 1
  version_stages           = ["PLACEHOLDER"]

  lifecycle {
    # Every put of a real value moves AWSCURRENT and AWSPREVIOUS: they belong to the secret's owner, not to Terraform.
    ignore_changes = [version_stages]
  }
}

data "aws_secretsmanager_secret_version" "oidc" {
  secret_id  = aws_secretsmanager_secret.oidc.id
  depends_on = [aws_secretsmanager_secret_version.oidc_placeholder]

  lifecycle {
    postcondition {
      condition     = can(jsondecode(self.secret_string).client_id) && can(jsondecode(self.secret_string).client_secret)
      error_message = "The OIDC secret must be JSON with client_id and client_secret."
    }
  }
}
