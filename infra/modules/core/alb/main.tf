resource "aws_lb" "this" {
  name                       = var.name
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = var.subnet_ids
  security_groups            = var.security_group_ids
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  idle_timeout               = 120

  access_logs {
    bucket  = aws_s3_bucket.logs.id
    prefix  = local.log_prefix
    enabled = true
  }

  depends_on = [aws_s3_bucket_policy.logs]
}

resource "aws_lb_target_group" "app" {
  for_each             = var.apps
  name                 = "${var.name}-${each.key}"
  vpc_id               = var.vpc_id
  port                 = each.value.port
  protocol             = "HTTP"
  target_type          = "ip"
  deregistration_delay = 30

  health_check {
    path                = each.value.health_path
    matcher             = "200"
    interval            = 30
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "not found"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "app" {
  for_each     = var.apps
  listener_arn = aws_lb_listener.https.arn
  priority     = each.value.priority

  action {
    type  = "authenticate-oidc"
    order = 1

    authenticate_oidc {
      issuer                     = var.oidc.issuer
      authorization_endpoint     = var.oidc.authorization_endpoint
      token_endpoint             = var.oidc.token_endpoint
      user_info_endpoint         = var.oidc.user_info_endpoint
      client_id                  = var.oidc_client.client_id
      client_secret              = var.oidc_client.client_secret
      scope                      = "openid profile email"
      session_timeout            = 28800
      on_unauthenticated_request = "authenticate"
    }
  }

  action {
    type             = "forward"
    order            = 2
    target_group_arn = aws_lb_target_group.app[each.key].arn
  }

  condition {
    host_header {
      values = [each.value.host]
    }
  }
}

# The one thing that is answered without a login: whether the application lives. From outside everything else is a
# redirect to the identity provider, whatever stands behind it. The path is matched whole, and says nothing secret.
resource "aws_lb_listener_rule" "health" {
  for_each     = var.apps
  listener_arn = aws_lb_listener.https.arn
  priority     = each.value.priority - 1

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app[each.key].arn
  }

  condition {
    host_header {
      values = [each.value.host]
    }
  }

  condition {
    path_pattern {
      values = [each.value.health_path]
    }
  }
}

# When the environment was parked. It is made with the parking, kept by every plan after it, and goes with it.
resource "terraform_data" "parked_since" {
  count = var.parked ? 1 : 0
  input = plantimestamp()

  lifecycle {
    ignore_changes = [input]
  }
}

# Without it a visitor would be sent to log in first, and only then meet the empty target group's 503.
resource "aws_lb_listener_rule" "parked" {
  count        = var.parked ? 1 : 0
  listener_arn = aws_lb_listener.https.arn
  priority     = 1

  action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/html"
      message_body = templatefile("${path.module}/parked.html", { since = formatdate("D MMMM YYYY, hh:mm 'UTC'", terraform_data.parked_since[0].input) })
      status_code  = "503"
    }
  }

  condition {
    host_header {
      values = sort([for app in var.apps : app.host])
    }
  }
}
