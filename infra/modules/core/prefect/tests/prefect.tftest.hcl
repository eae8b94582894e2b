mock_provider "aws" {
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-2:123456789012:task-definition/blog-prefect:1" }
  }
  mock_resource "aws_service_discovery_service" {
    defaults = { arn = "arn:aws:servicediscovery:eu-west-2:123456789012:service/srv-1" }
  }
}

variables {
  name               = "blog"
  region             = "eu-west-2"
  host               = "pipelines.rocketclub.online"
  port               = 4200
  work_pool          = "blog-data-pool"
  subnet_ids         = ["subnet-1", "subnet-2"]
  security_group_ids = { server = "sg-1", workers = "sg-2" }
  target_group_arn   = "arn:aws:elasticloadbalancing:eu-west-2:123456789012:targetgroup/blog-pipelines/0123456789abcdef"
  parked             = false

  images = {
    base     = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/blog-data:prefect-3-python3.12-ecs"
    deployer = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/blog-data:prefect-deployer-3-python3.12-aae96a1"
  }
  database = {
    host       = "blog-aurora.example.com"
    port       = 5432
    name       = "prefect"
    secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:rds!cluster-1"
  }
  cluster = {
    arn            = "arn:aws:ecs:eu-west-2:123456789012:cluster/blog"
    name           = "blog"
    namespace_id   = "ns-1"
    namespace_name = "blog.internal"
  }
  roles = {
    execution      = "arn:aws:iam::123456789012:role/blog-ecs-execution"
    flow_execution = "arn:aws:iam::123456789012:role/blog-flow-execution"
    server         = "arn:aws:iam::123456789012:role/blog-task-prefect-server"
    worker         = "arn:aws:iam::123456789012:role/blog-task-prefect-worker"
    deployer       = "arn:aws:iam::123456789012:role/blog-task-prefect-deployer"
    flow           = "arn:aws:iam::123456789012:role/blog-task-prefect-flow"
  }
}

run "server_and_worker_run_and_the_deployer_waits" {
  command = apply

  assert {
    condition     = output.service_names == ["prefect-server", "prefect-worker"] && output.deployer_task_definition_family == "blog-prefect-deployer"
    error_message = "Two services, and a deployer that somebody starts."
  }

  assert {
    condition     = output.api_url == "http://prefect-server.blog.internal:4200/api"
    error_message = "Workers reach the API inside the VPC, where nobody has to log in."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name               = "Blog!"
    region             = "London"
    host               = "pipelines"
    port               = 0
    images             = { base = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/blog-data:latest", deployer = var.images.deployer }
    work_pool          = "Blog Pool"
    database           = { host = "h", port = 0, name = "prefect", secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:x" }
    cluster            = { arn = "a", name = "blog", namespace_id = "ns-1", namespace_name = "blog" }
    subnet_ids         = []
    security_group_ids = { server = "1", workers = "sg-2" }
    target_group_arn   = "blog-pipelines"
  }

  expect_failures = [
    var.name, var.region, var.host, var.port, var.images, var.work_pool, var.database, var.cluster, var.subnet_ids,
    var.security_group_ids, var.target_group_arn,
  ]
}
