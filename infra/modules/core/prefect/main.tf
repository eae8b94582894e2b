locals {
  server_name = "prefect-server"

  # Prefect's smallest useful task: a quarter of a vCPU and half a GB.
  cpu    = 256
  memory = 512

  # Inside the VPC: the public name leads through the ALB, which asks a person to log in.
  api_url = "http://${local.server_name}.${var.cluster.namespace_name}:${var.port}/api"
}

resource "aws_service_discovery_service" "server" {
  name = local.server_name

  dns_config {
    namespace_id   = var.cluster.namespace_id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 10
    }
  }
}

module "server" {
  source = "../ecs-service"

  name               = local.server_name
  family_prefix      = var.name
  region             = var.region
  image              = var.images.base
  cpu                = local.cpu
  memory             = local.memory
  port               = var.port
  command            = ["prefect", "server", "start", "--host", "0.0.0.0", "--port", tostring(var.port)]
  execution_role_arn = var.roles.execution
  task_role_arn      = var.roles.server
  parked             = var.parked

  environment = {
    PREFECT_UI_API_URL             = "https://${var.host}/api"
    PREFECT_SERVER_DATABASE_DRIVER = "postgresql+asyncpg"
    PREFECT_SERVER_DATABASE_HOST   = var.database.host
    PREFECT_SERVER_DATABASE_PORT   = tostring(var.database.port)
    PREFECT_SERVER_DATABASE_NAME   = var.database.name
  }

  secrets = {
    PREFECT_SERVER_DATABASE_USER     = "${var.database.secret_arn}:username::"
    PREFECT_SERVER_DATABASE_PASSWORD = "${var.database.secret_arn}:password::"
  }

  service = {
    cluster_arn        = var.cluster.arn
    desired_count      = 1
    subnet_ids         = var.subnet_ids
    security_group_ids = [var.security_group_ids.server]
    target_group_arns  = [var.target_group_arn]
    registry_arns      = [aws_service_discovery_service.server.arn]
  }
}

module "worker" {
  source = "../ecs-service"

  name               = "prefect-worker"
  family_prefix      = var.name
  region             = var.region
  image              = var.images.base
  cpu                = local.cpu
  memory             = local.memory
  command            = ["prefect", "worker", "start", "--pool", var.work_pool, "--type", "ecs"]
  environment        = { PREFECT_API_URL = local.api_url }
  execution_role_arn = var.roles.execution
  task_role_arn      = var.roles.worker
  parked             = var.parked

  service = {
    cluster_arn        = var.cluster.arn
    desired_count      = 1
    subnet_ids         = var.subnet_ids
    security_group_ids = [var.security_group_ids.workers]
  }
}

# A one-off task that the data application's pipeline starts. What it needs to make the work pool comes with it.
module "deployer" {
  source = "../ecs-service"

  name               = "prefect-deployer"
  family_prefix      = var.name
  region             = var.region
  image              = var.images.deployer
  cpu                = local.cpu
  memory             = local.memory
  command            = ["prefect", "deploy", "--all"]
  execution_role_arn = var.roles.flow_execution
  task_role_arn      = var.roles.deployer
  parked             = var.parked

  environment = {
    PREFECT_API_URL         = local.api_url
    WORK_POOL               = var.work_pool
    FLOW_CLUSTER            = var.cluster.name
    FLOW_EXECUTION_ROLE_ARN = var.roles.flow_execution
    FLOW_TASK_ROLE_ARN      = var.roles.flow
    FLOW_SUBNETS            = join(",", var.subnet_ids)
    FLOW_SECURITY_GROUPS    = var.security_group_ids.workers
  }
}
