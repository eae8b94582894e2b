mock_provider "aws" {}

run "cluster_is_fargate_only" {
  command = plan

  variables {
    name   = "blog"
    vpc_id = "vpc-1"
  }

  assert {
    condition     = aws_ecs_cluster_capacity_providers.this.capacity_providers == toset(["FARGATE"])
    error_message = "There are no machines to look after."
  }

  assert {
    condition     = aws_service_discovery_private_dns_namespace.this.name == "blog.internal" && output.name == "blog"
    error_message = "Services find each other under the cluster's name."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name   = "Blog!"
    vpc_id = "10.0.0.0/16"
  }

  expect_failures = [var.name, var.vpc_id]
}
