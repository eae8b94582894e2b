output "parked" {
  description = "The park intent: what the next plan keeps unless it is told otherwise."
  value       = var.parked
}

output "endpoints" {
  description = "Where people go."
  value       = { for key, host in local.hosts : key => "https://${host}" }
}

output "cloudfront_domain_names" {
  description = "CloudFront's own names, for DNS that is kept elsewhere."
  value       = module.cloudfront_apps.domain_names
}

output "cloudfront_distribution_ids" {
  description = "The distributions."
  value       = module.cloudfront_apps.distribution_ids
}

output "dns_name_servers" {
  description = "What the domain must be delegated to."
  value       = module.dns.name_servers
}

output "alb_dns_name" {
  description = "The origin behind CloudFront."
  value       = module.alb.dns_name
}

output "ci_role_arns" {
  description = "Roles that CircleCI assumes: plan, apply, and pipeline for the data application."
  value       = module.iam.ci_roles
}

output "repository_urls" {
  description = "Image repositories: data is blog-data, portal is blog-portal."
  value       = { for key, repository in module.ecr : key => repository.url }
}

output "cluster_name" {
  description = "Cluster of the services, of the deployer and of the flows."
  value       = module.ecs_cluster.name
}

output "cluster_arn" {
  description = "The cluster's ARN."
  value       = module.ecs_cluster.arn
}

output "service_names" {
  description = "Services that parking takes to zero."
  value       = concat([module.portal.service_name], module.prefect.service_names)
}

output "private_subnet_ids" {
  description = "Subnets of tasks."
  value       = module.network.workload_subnet_ids
}

output "worker_security_group_id" {
  description = "Security group of the deployer and of the flows."
  value       = module.network.security_group_ids["workers"]
}

output "deployer_task_definition" {
  description = "Family of the deployer: starting it always takes the newest revision."
  value       = module.prefect.deployer_task_definition_family
}

output "deployer_task_definition_arn" {
  description = "The revision of the deployer that this apply made."
  value       = module.prefect.deployer_task_definition_arn
}

output "flow_role_arns" {
  description = "Roles for the work pool's base job template."
  value       = { execution = module.iam.roles["flow_execution"], task = module.iam.roles["flow"] }
}

output "work_pool" {
  description = "Work pool that the worker serves."
  value       = local.work_pool
}

output "prefect_api_url" {
  description = "Prefect's API inside the VPC."
  value       = module.prefect.api_url
}

output "bucket_names" {
  description = "Data buckets: cached, raw, clean, design-files."
  value       = module.data_buckets.names
}

output "secret_arns" {
  description = "Secrets of the applications."
  value       = module.secrets.arns
}

output "oidc_secret_arn" {
  description = "Secret that the owner puts Kinde's client into."
  value       = module.secrets.oidc_secret_arn
}

output "database_cluster_identifier" {
  description = "The Aurora cluster."
  value       = module.aurora.cluster_identifier
}
