locals {
  oidc_issuer = "oidc.circleci.com/org/${var.circleci.org_id}"

  # `sub` is org/…/project/…/user/… and, in CIRCLE_OIDC_TOKEN_V2, goes on with /vcs-origin/…/vcs-ref/….
  # The apply role asks for the second form: a change that is not on the branch cannot take it, whatever its job
  # says. No context is asked for: STS reads some of CircleCI's own claims since 2026, but that context-ids is among
  # them is not established, and a condition on a key that STS does not know would shut everybody out.
  subjects = {
    plan     = "org/${var.circleci.org_id}/project/${var.circleci.infra_project_id}/user/*"
    apply    = "org/${var.circleci.org_id}/project/${var.circleci.infra_project_id}/user/*/vcs-origin/${var.circleci.infra_repository}/vcs-ref/refs/heads/${var.circleci.apply_branch}"
    pipeline = "org/${var.circleci.org_id}/project/${var.circleci.data_project_id}/user/*"
  }

  circleci_trust = {
    for role, subject in local.subjects : role => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid       = "CircleCi"
        Effect    = "Allow"
        Principal = { Federated = "arn:aws:iam::${var.account_id}:oidc-provider/${local.oidc_issuer}" }
        Action    = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = { "${local.oidc_issuer}:aud" = var.circleci.org_id }
          StringLike   = { "${local.oidc_issuer}:sub" = subject }
        }
      }]
    })
  }

  state_object = "arn:aws:s3:::${var.state.bucket}/${var.state.key}"
  state_lock   = "${local.state_object}.tflock"
}

resource "aws_iam_openid_connect_provider" "circleci" {
  url            = "https://${local.oidc_issuer}"
  client_id_list = [var.circleci.org_id]
  # AWS checks CircleCI's certificate against its own authorities; the argument is kept for the API's sake.
  thumbprint_list = ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"]
}

resource "aws_iam_role" "plan" {
  name                 = "${var.name}-ci-plan"
  max_session_duration = 3600
  assume_role_policy   = local.circleci_trust.plan
  depends_on           = [aws_iam_openid_connect_provider.circleci]
}

resource "aws_iam_role_policy_attachment" "plan_reads" {
  role       = aws_iam_role.plan.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role_policy" "plan" {
  name = "plan"
  role = aws_iam_role.plan.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Lock", Effect = "Allow", Action = ["s3:PutObject", "s3:DeleteObject"], Resource = local.state_lock },
      { Sid = "OidcClient", Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = var.oidc_secret_arn },
      { Sid = "NoOtherSecret", Effect = "Deny", Action = ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"], NotResource = var.oidc_secret_arn },
      { Sid = "NoData", Effect = "Deny", Action = "s3:GetObject*", Resource = local.data_objects },
    ]
  })
}
