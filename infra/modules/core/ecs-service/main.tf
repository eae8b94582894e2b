resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${var.family_prefix}/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_ecs_task_definition" "this" {
  family                   = "${var.family_prefix}-${var.name}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = var.execution_role_arn
  task_role_arn            = var.task_role_arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  container_definitions = jsonencode([merge(
    {
      name         = var.name
      image        = var.image
      essential    = true
      cpu          = var.cpu
      memory       = var.memory
      environment  = [for name in sort(keys(var.environment)) : { name = name, value = var.environment[name] }]
      secrets      = [for name in sort(keys(var.secrets)) : { name = name, valueFrom = var.secrets[name] }]
      portMappings = var.port == null ? [] : [{ containerPort = var.port, hostPort = var.port, protocol = "tcp" }]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.this.name
          awslogs-region        = var.region
          awslogs-stream-prefix = "ecs"
        }
      }
    },
    length(var.command) == 0 ? {} : { command = var.command },
  )])
}

resource "aws_ecs_service" "this" {
  count                              = var.service == null ? 0 : 1
  name                               = var.name
  cluster                            = var.service.cluster_arn
  task_definition                    = aws_ecs_task_definition.this.arn
  desired_count                      = var.parked ? 0 : var.service.desired_count
  launch_type                        = "FARGATE"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = length(var.service.target_group_arns) == 0 ? null : 120
  propagate_tags                     = "SERVICE"

  network_configuration {
    subnets          = var.service.subnet_ids
    security_groups  = var.service.security_group_ids
    assign_public_ip = false
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  dynamic "load_balancer" {
    for_each = var.service.target_group_arns

    content {
      target_group_arn = load_balancer.value
      container_name   = var.name
      container_port   = var.port
    }
  }

  dynamic "service_registries" {
    for_each = var.service.registry_arns

    content {
      registry_arn = service_registries.value
    }
  }
}
