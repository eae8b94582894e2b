mock_provider "aws" {}

variables {
  name               = "blog"
  vpc_id             = "vpc-1"
  subnet_ids         = ["subnet-1", "subnet-2"]
  security_group_ids = ["sg-1"]
  certificate_arn    = "arn:aws:acm:eu-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555"
  log_bucket_name    = "rocketclub-alb-logs"
  oidc_client        = { client_id = "id", client_secret = "secret" }
  parked             = false

  apps = {
    portal    = { host = "portal.rocketclub.online", port = 7007, health_path = "/healthcheck", priority = 10 }
    pipelines = { host = "pipelines.rocketclub.online", port = 4200, health_path = "/api/health", priority = 20 }
  }
  oidc = {
    issuer                 = "https://rocketclub.kinde.com"
    authorization_endpoint = "https://rocketclub.kinde.com/oauth2/auth"
    token_endpoint         = "https://rocketclub.kinde.com/oauth2/token"
    user_info_endpoint     = "https://rocketclub.kinde.com/oauth2/v2/user_profile"
  }
}

run "nobody_gets_past_without_logging_in" {
  command = plan

  assert {
    condition     = alltrue([for rule in aws_lb_listener_rule.app : [for action in rule.action : action.type] == ["authenticate-oidc", "forward"]])
    error_message = "Each rule asks who it is before it forwards."
  }

  assert {
    condition = alltrue([for key, rule in aws_lb_listener_rule.health :
      toset(flatten([for condition in rule.condition : [for path in condition.path_pattern : path.values]])) == toset([var.apps[key].health_path])
      && toset(flatten([for condition in rule.condition : [for host in condition.host_header : host.values]])) == toset([var.apps[key].host])
    ])
    error_message = "Only the health path itself is answered without a login."
  }

  assert {
    condition     = alltrue([for key, rule in aws_lb_listener_rule.health : rule.priority > 1 && rule.priority < aws_lb_listener_rule.app[key].priority])
    error_message = "The health path is asked before the login, and after the rule that answers while parked."
  }

  assert {
    condition     = alltrue([for key, rule in aws_lb_listener_rule.app : one(one(rule.condition).host_header).values == toset([var.apps[key].host])])
    error_message = "Each rule answers for its own host."
  }

  assert {
    condition     = aws_lb_listener.https.protocol == "HTTPS" && startswith(aws_lb_listener.https.ssl_policy, "ELBSecurityPolicy-TLS13-1-2") && aws_lb_listener.https.default_action[0].fixed_response[0].status_code == "404"
    error_message = "TLS 1.2 or 1.3, and nothing for an unknown host."
  }

  assert {
    condition     = aws_lb.this.enable_deletion_protection && aws_lb.this.drop_invalid_header_fields && aws_lb.this.access_logs[0].enabled && aws_s3_bucket.logs.force_destroy != true
    error_message = "The load balancer is protected and logs."
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.logs.block_public_policy && aws_s3_bucket_public_access_block.logs.restrict_public_buckets
    error_message = "The logs are private."
  }

  assert {
    condition     = length(aws_lb_listener_rule.parked) == 0
    error_message = "Unparked, no rule stands before the applications'."
  }
}

run "parked_answers_before_login" {
  command = plan

  variables {
    parked = true
  }

  assert {
    condition     = aws_lb_listener_rule.parked[0].priority == 1 && aws_lb_listener_rule.parked[0].action[0].fixed_response[0].status_code == "503"
    error_message = "The first rule answers 503."
  }

  assert {
    condition = alltrue([for text in ["This environment is parked", formatdate("D MMMM YYYY", plantimestamp()), "unpark-infrastructure"] :
      strcontains(aws_lb_listener_rule.parked[0].action[0].fixed_response[0].message_body, text)
    ])
    error_message = "The page says since when it is parked, and how it is woken."
  }

  assert {
    condition     = length(aws_lb_listener_rule.parked[0].action[0].fixed_response[0].message_body) <= 1024
    error_message = "A fixed response has room for 1024 characters."
  }

  assert {
    condition     = one(one(aws_lb_listener_rule.parked[0].condition).host_header).values == toset(["portal.rocketclub.online", "pipelines.rocketclub.online"])
    error_message = "It answers for every application."
  }

  assert {
    condition     = length(aws_lb_listener_rule.app) == 2 && length(aws_lb_target_group.app) == 2
    error_message = "The applications' own rules stay as they are."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name               = "Blog!"
    vpc_id             = "subnet-1"
    subnet_ids         = ["subnet-1"]
    security_group_ids = []
    certificate_arn    = "certificate"
    log_bucket_name    = "Logs"
    oidc_client        = { client_id = "", client_secret = "" }
    apps               = { portal = { host = "portal.rocketclub.online", port = 7007, health_path = "healthcheck", priority = 1 } }
    oidc               = { issuer = "http://kinde", authorization_endpoint = "https://k/a", token_endpoint = "https://k/t", user_info_endpoint = "https://k/u" }
  }

  expect_failures = [var.name, var.vpc_id, var.subnet_ids, var.security_group_ids, var.certificate_arn, var.log_bucket_name, var.oidc_client, var.apps, var.oidc]
}
