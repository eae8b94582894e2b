# The data application's own pipeline: it pushes its image and starts the deployer, and that is all.
locals {
  boundary_name = "${var.name}-data-pipeline-boundary"

  push_actions = [
    "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
    "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:ListImages", "ecr:PutImage", "ecr:UploadLayerPart",
  ]
  deployer_roles = [local.role_arns.flow_execution, local.role_arns.deployer]

  pipeline_statements = [
    { Sid = "Login", Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
    { Sid = "Push", Effect = "Allow", Action = local.push_actions, Resource = var.repository_arns.data },
    { Sid = "StartDeployer", Effect = "Allow", Action = "ecs:RunTask", Resource = local.deployer_family, Condition = { ArnEquals = { "ecs:cluster" = var.cluster_arn } } },
    { Sid = "WatchDeployer", Effect = "Allow", Action = "ecs:DescribeTasks", Resource = local.tasks_of_cluster },
    { Sid = "PassDeployerRoles", Effect = "Allow", Action = "iam:PassRole", Resource = local.deployer_roles, Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } } },
  ]
}

# The boundary says it again, in the other direction: whatever policy the role is ever given, everything but these
# actions stays denied, and with it every change to core infrastructure.
resource "aws_iam_policy" "pipeline_boundary" {
  name        = local.boundary_name
  description = "The most that the data application's pipeline can ever do"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(local.pipeline_statements, [
      { Sid = "NoCoreInfrastructure", Effect = "Deny", NotAction = concat(local.push_actions, ["ecr:GetAuthorizationToken", "ecs:RunTask", "ecs:DescribeTasks", "iam:PassRole"]), Resource = "*" },
      { Sid = "NoOtherRole", Effect = "Deny", Action = "iam:PassRole", NotResource = local.deployer_roles },
      { Sid = "NoOtherRepository", Effect = "Deny", Action = local.push_actions, NotResource = var.repository_arns.data },
    ])
  })
}

resource "aws_iam_role" "pipeline" {
  name                 = "${var.name}-data-pipeline"
  max_session_duration = 3600
  permissions_boundary = aws_iam_policy.pipeline_boundary.arn
  assume_role_policy   = local.circleci_trust.pipeline
  depends_on           = [aws_iam_openid_connect_provider.circleci]
}

resource "aws_iam_role_policy" "pipeline" {
  name   = "push-and-deploy"
  role   = aws_iam_role.pipeline.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.pipeline_statements })
}
