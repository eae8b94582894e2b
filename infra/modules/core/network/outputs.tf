output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Subnets of the ALB."
  value       = [for subnet in aws_subnet.public : subnet.id]
}

output "private_subnet_ids" {
  description = "Subnets of the database."
  value       = [for subnet in aws_subnet.private : subnet.id]
}

output "workload_subnet_ids" {
  description = "The private subnets, once they have a way out: what uses these starts after NAT and endpoints."
  value       = [for subnet in aws_subnet.private : subnet.id]
  depends_on  = [aws_route.private_default, aws_vpc_endpoint.interface]
}

output "security_group_ids" {
  description = "Security groups: alb, portal, pipelines, workers, database, endpoints, functions."
  value       = { for name, group in aws_security_group.this : name => group.id }
}
