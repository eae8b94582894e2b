output "arns" {
  description = "ARN of each secret."
  value       = { for key, secret in aws_secretsmanager_secret.this : key => secret.arn }
}

output "oidc_secret_arn" {
  description = "ARN of the OIDC client's secret."
  value       = aws_secretsmanager_secret.oidc.arn
}

output "oidc_client" {
  description = "Current client_id and client_secret of the OIDC client."
  value       = jsondecode(data.aws_secretsmanager_secret_version.oidc.secret_string)
  sensitive   = true
}
