output "function_name" {
  description = "The function."
  value       = aws_lambda_function.this.function_name
}

output "lost_events_queue_name" {
  description = "Queue of events that were never processed."
  value       = aws_sqs_queue.lost.name
}
