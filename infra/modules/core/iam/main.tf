# Policies are written with jsonencode and predictable ARNs rather than with policy documents, so that
# `terraform test` can read what they say without an account.
locals {
  role_prefix = "arn:aws:iam::${var.account_id}:role/${var.name}"
  role_names = {
    execution      = "${var.name}-ecs-execution"
    flow_execution = "${var.name}-flow-execution"
    portal         = "${var.name}-task-portal"
    server         = "${var.name}-task-prefect-server"
    worker         = "${var.name}-task-prefect-worker"
    deployer       = "${var.name}-task-prefect-deployer"
    flow           = "${var.name}-task-prefect-flow"
    lambda         = "${var.name}-lambda-ork-processor"
  }
  role_arns = { for key, name in local.role_names : key => "arn:aws:iam::${var.account_id}:role/${name}" }

  data_buckets     = [for key in sort(keys(var.data_bucket_arns)) : var.data_bucket_arns[key]]
  data_objects     = [for arn in local.data_buckets : "${arn}/*"]
  repositories     = [var.repository_arns.data, var.repository_arns.portal]
  log_streams      = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/ecs/${var.name}/*"
  deployer_family  = "arn:aws:ecs:${var.region}:${var.account_id}:task-definition/${var.name}-prefect-deployer:*"
  tasks_of_cluster = "${replace(var.cluster_arn, ":cluster/", ":task/")}/*"

  ecs_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "EcsTasks"
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })

  pull_and_log = [
    { Sid = "Login", Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
    { Sid = "Pull", Effect = "Allow", Action = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Resource = local.repositories },
    { Sid = "Log", Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = local.log_streams },
  ]
}
