output "roles" {
  description = "Roles of the running code: execution, flow_execution, portal, server, worker, deployer, flow, lambda."
  value       = merge({ for key, role in aws_iam_role.task : key => role.arn }, { lambda = aws_iam_role.lambda.arn })
  # Whoever uses a role finds it able to do its work.
  depends_on = [aws_iam_role_policy.task, aws_iam_role_policy.execution, aws_iam_role_policy.lambda, aws_iam_role_policy_attachment.lambda_vpc]
}

output "ci_roles" {
  description = "Roles that CircleCI assumes: plan, apply, and the data application's pipeline."
  value = {
    plan     = aws_iam_role.plan.arn
    apply    = aws_iam_role.apply.arn
    pipeline = aws_iam_role.pipeline.arn
  }
}
