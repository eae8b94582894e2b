locals {
  # What the code in each task may do. Prefect's server and deployer speak to the database and to Prefect only.
  task_statements = {
    portal = [
      { Sid = "Secrets", Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = [var.secret_arns["neo4j"]] },
    ]
    worker = [
      { Sid = "StartFlows", Effect = "Allow", Action = "ecs:RunTask", Resource = "*", Condition = { ArnEquals = { "ecs:cluster" = var.cluster_arn } } },
      { Sid = "WatchFlows", Effect = "Allow", Action = ["ecs:DescribeTasks", "ecs:StopTask"], Resource = local.tasks_of_cluster },
      # These actions know no resource: what a definition can do is bounded by the roles that may be passed.
      { Sid = "DefineFlows", Effect = "Allow", Action = ["ecs:RegisterTaskDefinition", "ecs:DeregisterTaskDefinition", "ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitions"], Resource = "*" },
      { Sid = "PlaceFlows", Effect = "Allow", Action = ["ec2:DescribeSubnets", "ec2:DescribeVpcs"], Resource = "*" },
      { Sid = "PassFlowRoles", Effect = "Allow", Action = "iam:PassRole", Resource = [local.role_arns.flow_execution, local.role_arns.flow], Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } } },
      { Sid = "ReadFlowLogs", Effect = "Allow", Action = "logs:GetLogEvents", Resource = local.log_streams },
    ]
    flow = [
      { Sid = "Data", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource = local.data_objects },
      { Sid = "List", Effect = "Allow", Action = "s3:ListBucket", Resource = local.data_buckets },
      { Sid = "Secrets", Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = [var.secret_arns["neo4j"], var.secret_arns["cloudinary"]] },
    ]
  }

  execution_statements = {
    # The platform's own tasks get the database's password; flows, which anyone may write, do not.
    execution = concat(local.pull_and_log, [
      { Sid = "Password", Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = [var.database.secret_arn, var.secret_arns["neo4j"]] },
      { Sid = "Key", Effect = "Allow", Action = "kms:Decrypt", Resource = [var.database.kms_key_arn] },
    ])
    flow_execution = local.pull_and_log
  }
}

resource "aws_iam_role" "task" {
  for_each           = { for key, name in local.role_names : key => name if key != "lambda" }
  name               = each.value
  assume_role_policy = local.ecs_trust
}

resource "aws_iam_role_policy" "task" {
  for_each = local.task_statements
  name     = "task"
  role     = aws_iam_role.task[each.key].name
  policy   = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

resource "aws_iam_role_policy" "execution" {
  for_each = local.execution_statements
  name     = "execution"
  role     = aws_iam_role.task[each.key].name
  policy   = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

resource "aws_iam_role" "lambda" {
  name = local.role_names.lambda

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Lambda"
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "lambda_vpc" {
  role       = aws_iam_role.lambda.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

resource "aws_iam_role_policy" "lambda" {
  name = "function"
  role = aws_iam_role.lambda.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Designs", Effect = "Allow", Action = "s3:GetObject", Resource = "${var.data_bucket_arns["design-files"]}/designs/*" },
      { Sid = "Secrets", Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = [var.secret_arns["neo4j"], var.secret_arns["cloudinary"]] },
    ]
  })
}
