output "task_definition_arn" {
  description = "This revision of the task definition."
  value       = aws_ecs_task_definition.this.arn
}

output "task_definition_family" {
  description = "The task definition without its revision: what always means the newest."
  value       = aws_ecs_task_definition.this.family
}

output "service_name" {
  description = "The service; null for a one-off task."
  value       = one(aws_ecs_service.this[*].name)
}

output "log_group_name" {
  description = "Where the task writes its logs."
  value       = aws_cloudwatch_log_group.this.name
}
