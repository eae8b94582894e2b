output "zone_id" {
  description = "The zone."
  value       = aws_route53_zone.this.zone_id
}

output "name_servers" {
  description = "What the domain must be delegated to."
  value       = aws_route53_zone.this.name_servers
}
