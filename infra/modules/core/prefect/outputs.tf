output "api_url" {
  description = "Prefect's API inside the VPC."
  value       = local.api_url
}

output "deployer_task_definition_arn" {
  description = "This revision of the deployer."
  value       = module.deployer.task_definition_arn
}

output "deployer_task_definition_family" {
  description = "The deployer's newest revision."
  value       = module.deployer.task_definition_family
}

output "service_names" {
  description = "Services that parking takes to zero."
  value       = [module.server.service_name, module.worker.service_name]
}
