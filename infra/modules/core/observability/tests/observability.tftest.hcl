mock_provider "aws" {}

variables {
  name                   = "blog"
  alert_email            = "ops@rocketclub.online"
  monthly_budget_usd     = 250
  alb_arn_suffix         = "app/blog/0123456789abcdef"
  function_name          = "blog-ork-processor"
  lost_events_queue_name = "blog-ork-processor-lost"
}

run "somebody_is_told" {
  command = plan

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.treat_missing_data == "notBreaching"])
    error_message = "A parked environment, which reports nothing, raises no alarm."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["ork-lost"].dimensions.QueueName == var.lost_events_queue_name
    error_message = "A design that was not processed is noticed."
  }

  assert {
    condition     = aws_budgets_budget.monthly.limit_amount == "250" && one(aws_budgets_budget.monthly.notification).subscriber_email_addresses == toset([var.alert_email])
    error_message = "The budget tells the same person."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name                   = "Blog!"
    alert_email            = "ops"
    monthly_budget_usd     = 0
    alb_arn_suffix         = "blog"
    function_name          = ""
    lost_events_queue_name = ""
  }

  expect_failures = [var.name, var.alert_email, var.monthly_budget_usd, var.alb_arn_suffix, var.function_name, var.lost_events_queue_name]
}
