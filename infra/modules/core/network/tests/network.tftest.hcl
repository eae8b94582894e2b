mock_provider "aws" {}

variables {
  name               = "blog"
  region             = "eu-west-2"
  vpc_cidr           = "10.20.0.0/16"
  availability_zones = ["eu-west-2a", "eu-west-2b"]
  app_ports          = { portal = 7007, pipelines = 4200 }
  database_port      = 5432
  parked             = false
}

run "unparked_has_a_way_out" {
  command = plan

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_eip.nat) == 1 && length(aws_route.private_default) == 1
    error_message = "One NAT gateway with one address leads out of the private subnets."
  }

  assert {
    condition     = length(aws_vpc_endpoint.interface) == 4 && alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled])
    error_message = "Fargate starts tasks through four interface endpoints."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.alb_from_cloudfront.cidr_ipv4 == null && aws_vpc_security_group_ingress_rule.alb_from_cloudfront.from_port == 443
    error_message = "Only CloudFront reaches the ALB, and only over HTTPS."
  }

  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.path : rule.cidr_ipv4 == null && rule.from_port == rule.to_port])
    error_message = "Inside the VPC a rule names a group and one port."
  }

  assert {
    condition     = { for name, rule in aws_vpc_security_group_ingress_rule.path : name => rule.from_port } == { database-from-pipelines = 5432, pipelines-from-alb = 4200, pipelines-from-workers = 4200, portal-from-alb = 7007 }
    error_message = "The paths inside the VPC are these and no others."
  }
}

run "parked_keeps_what_is_free" {
  command = plan

  variables {
    parked = true
  }

  assert {
    condition     = length(aws_nat_gateway.this) + length(aws_eip.nat) + length(aws_route.private_default) + length(aws_vpc_endpoint.interface) == 0
    error_message = "NAT gateway, address, route and interface endpoints go."
  }

  assert {
    condition     = length(aws_subnet.public) == 2 && length(aws_subnet.private) == 2 && aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway"
    error_message = "Subnets and the gateway endpoint stay."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name               = "Blog!"
    region             = "London"
    vpc_cidr           = "10.20.0.0/24"
    availability_zones = ["eu-west-2a"]
    app_ports          = { portal = 0, pipelines = 4200 }
    database_port      = 70000
  }

  expect_failures = [var.name, var.region, var.vpc_cidr, var.availability_zones, var.app_ports, var.database_port]
}
