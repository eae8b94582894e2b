output "names" {
  description = "Bucket name by role."
  value       = { for role, bucket in aws_s3_bucket.this : role => bucket.id }
}

output "arns" {
  description = "Bucket ARN by role."
  value       = { for role, bucket in aws_s3_bucket.this : role => bucket.arn }
}
