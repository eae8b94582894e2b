output "alerts_topic_arn" {
  description = "Topic of the alarms."
  value       = aws_sns_topic.alerts.arn
}
