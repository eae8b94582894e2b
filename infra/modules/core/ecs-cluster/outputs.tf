output "arn" {
  description = "The cluster's ARN."
  value       = aws_ecs_cluster.this.arn
}

output "name" {
  description = "The cluster's name."
  value       = aws_ecs_cluster.this.name
}

output "namespace_id" {
  description = "Private DNS namespace of the services."
  value       = aws_service_discovery_private_dns_namespace.this.id
}

output "namespace_name" {
  description = "Domain in which services find each other."
  value       = aws_service_discovery_private_dns_namespace.this.name
}
