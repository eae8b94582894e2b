locals {
  https = 443

  # Who may speak to whom inside the VPC. Each line becomes one rule on each side.
  paths = {
    portal-from-alb         = { from = "alb", to = "portal", port = var.app_ports.portal }
    pipelines-from-alb      = { from = "alb", to = "pipelines", port = var.app_ports.pipelines }
    pipelines-from-workers  = { from = "workers", to = "pipelines", port = var.app_ports.pipelines }
    database-from-pipelines = { from = "pipelines", to = "database", port = var.database_port }
  }

  # The ALB asks Kinde for tokens; tasks and the function reach AWS, Neo4j Aura and Cloudinary.
  reaches_the_internet = toset(["alb", "portal", "pipelines", "workers", "functions"])
}

# Only CloudFront reaches the ALB. The list weighs 55 of the 60 rules a group may have.
data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

resource "aws_security_group" "this" {
  for_each    = toset(["alb", "portal", "pipelines", "workers", "database", "endpoints", "functions"])
  name        = "${var.name}-${each.key}"
  description = "${var.name} ${each.key}"
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${var.name}-${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "alb_from_cloudfront" {
  security_group_id = aws_security_group.this["alb"].id
  description       = "HTTPS from CloudFront"
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront.id
  from_port         = local.https
  to_port           = local.https
  ip_protocol       = "tcp"
}

resource "aws_vpc_security_group_ingress_rule" "path" {
  for_each                     = local.paths
  security_group_id            = aws_security_group.this[each.value.to].id
  referenced_security_group_id = aws_security_group.this[each.value.from].id
  description                  = each.key
  from_port                    = each.value.port
  to_port                      = each.value.port
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "path" {
  for_each                     = local.paths
  security_group_id            = aws_security_group.this[each.value.from].id
  referenced_security_group_id = aws_security_group.this[each.value.to].id
  description                  = each.key
  from_port                    = each.value.port
  to_port                      = each.value.port
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  security_group_id = aws_security_group.this["endpoints"].id
  description       = "HTTPS from the VPC"
  cidr_ipv4         = var.vpc_cidr
  from_port         = local.https
  to_port           = local.https
  ip_protocol       = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "https" {
  for_each          = local.reaches_the_internet
  security_group_id = aws_security_group.this[each.key].id
  description       = "HTTPS out"
  cidr_ipv4         = local.everywhere
  from_port         = local.https
  to_port           = local.https
  ip_protocol       = "tcp"
}

# Neo4j Aura speaks Bolt over TLS on its own port.
resource "aws_vpc_security_group_egress_rule" "neo4j" {
  for_each          = toset(["workers", "functions", "portal"])
  security_group_id = aws_security_group.this[each.key].id
  description       = "Neo4j Aura"
  cidr_ipv4         = local.everywhere
  from_port         = 7687
  to_port           = 7687
  ip_protocol       = "tcp"
}
