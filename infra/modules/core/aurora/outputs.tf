output "connection" {
  description = "Where the database is, and the secret with username and password."
  value = {
    host       = aws_rds_cluster.this.endpoint
    port       = aws_rds_cluster.this.port
    name       = aws_rds_cluster.this.database_name
    secret_arn = one(aws_rds_cluster.this.master_user_secret[*].secret_arn)
  }
  # Whoever connects waits for the instance, and on unparking for the minimum to be back.
  depends_on = [aws_rds_cluster_instance.this]
}

output "kms_key_arn" {
  description = "Key that reading the master password takes."
  value       = aws_kms_key.this.arn
}

output "cluster_identifier" {
  description = "The cluster."
  value       = aws_rds_cluster.this.cluster_identifier
}
