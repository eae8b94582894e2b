mock_provider "aws" {}

variables {
  name               = "portal"
  family_prefix      = "blog"
  region             = "eu-west-2"
  image              = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/blog-portal:portal-1.0.0"
  cpu                = 256
  memory             = 512
  port               = 7007
  environment        = { NODE_ENV = "production" }
  secrets            = { PASSWORD = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:x:password::" }
  execution_role_arn = "arn:aws:iam::123456789012:role/blog-ecs-execution"
  task_role_arn      = "arn:aws:iam::123456789012:role/blog-task-portal"
  parked             = false

  service = {
    cluster_arn        = "arn:aws:ecs:eu-west-2:123456789012:cluster/blog"
    desired_count      = 1
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
    target_group_arns  = ["arn:aws:elasticloadbalancing:eu-west-2:123456789012:targetgroup/blog-portal/0123456789abcdef"]
  }
}

run "service_runs_on_fargate_in_private" {
  command = plan

  assert {
    condition     = aws_ecs_service.this[0].desired_count == 1 && aws_ecs_service.this[0].launch_type == "FARGATE" && !aws_ecs_service.this[0].network_configuration[0].assign_public_ip
    error_message = "One private task on Fargate."
  }

  assert {
    condition     = aws_ecs_service.this[0].deployment_circuit_breaker[0].rollback
    error_message = "A deployment that does not come up goes back."
  }

  assert {
    condition     = aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture == "X86_64" && aws_ecs_task_definition.this.runtime_platform[0].operating_system_family == "LINUX"
    error_message = "Images are for linux/amd64."
  }

  assert {
    condition     = one(aws_ecs_service.this[0].load_balancer).container_port == 7007 && output.service_name == "portal"
    error_message = "The load balancer reaches the container's port."
  }
}

run "parked_runs_nothing" {
  command = plan

  variables {
    parked = true
  }

  assert {
    condition     = aws_ecs_service.this[0].desired_count == 0 && aws_ecs_task_definition.this.family == "blog-portal"
    error_message = "The service and its task stay; its tasks go."
  }
}

run "one_off_task_is_no_service" {
  command = apply

  variables {
    service = null
    port    = null
    command = ["prefect", "deploy", "--all"]
  }

  override_resource {
    target = aws_ecs_task_definition.this
    values = { arn = "arn:aws:ecs:eu-west-2:123456789012:task-definition/blog-portal:1" }
  }

  assert {
    condition     = length(aws_ecs_service.this) == 0 && output.service_name == null
    error_message = "Nobody keeps a one-off task running."
  }

  assert {
    condition = (
      jsondecode(aws_ecs_task_definition.this.container_definitions)[0].image == var.image &&
      jsondecode(aws_ecs_task_definition.this.container_definitions)[0].command == ["prefect", "deploy", "--all"] &&
      jsondecode(aws_ecs_task_definition.this.container_definitions)[0].portMappings == []
    )
    error_message = "It runs the pinned image with its command and listens on nothing."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name               = "Portal!"
    family_prefix      = "Blog!"
    region             = "London"
    image              = "prefecthq/prefect"
    cpu                = 100
    command            = [""]
    environment        = { lower = "case" }
    secrets            = { lower = "case" }
    port               = 0
    log_retention_days = 1
    execution_role_arn = "role"
    task_role_arn      = "role"
  }

  expect_failures = [
    var.name, var.family_prefix, var.region, var.image, var.cpu, var.command, var.environment, var.secrets,
    var.port, var.log_retention_days, var.execution_role_arn, var.task_role_arn,
  ]
}

# These two look at other variables too, and are judged only when those are right.
run "what_does_not_fit_together_is_refused" {
  command = plan

  variables {
    memory  = 4096
    port    = null
    service = var.service
  }

  expect_failures = [var.memory, var.service]
}
