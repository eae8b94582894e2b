output "dns_name" {
  description = "Where CloudFront finds the load balancer."
  value       = aws_lb.this.dns_name
}

output "arn_suffix" {
  description = "What the load balancer is called in CloudWatch."
  value       = aws_lb.this.arn_suffix
}

output "target_group_arns" {
  description = "Target group of each application, once the listener leads to it."
  value       = { for key, group in aws_lb_target_group.app : key => group.arn }
  depends_on  = [aws_lb_listener_rule.app]
}
