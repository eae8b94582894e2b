output "domain_names" {
  description = "CloudFront's own name of each application: what a DNS record elsewhere points to."
  value       = { for key, distribution in aws_cloudfront_distribution.app : key => distribution.domain_name }
}

output "distribution_ids" {
  description = "Distribution of each application."
  value       = { for key, distribution in aws_cloudfront_distribution.app : key => distribution.id }
}
