output "arn" {
  description = "The repository's ARN."
  value       = aws_ecr_repository.this.arn
}

output "url" {
  description = "Where to push: host and repository, without a tag."
  value       = aws_ecr_repository.this.repository_url
}
