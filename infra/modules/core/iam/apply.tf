# The apply role can change what this repository makes, and nothing else. Where AWS offers no resource to name
# (most of EC2, CloudFront, Route 53), the actions are named instead. A managed policy holds 6144 characters,
# hence four of them.
locals {
  in_region = { StringEquals = { "aws:RequestedRegion" = var.region } }
  at_home   = "${var.region}:${var.account_id}"

  stateful_denied = [
    "rds:DeleteDBCluster", "rds:DeleteDBInstance", "rds:DeleteDBClusterSnapshot",
    "kms:ScheduleKeyDeletion", "kms:DisableKey",
    "secretsmanager:DeleteSecret",
    "ecr:DeleteRepository", "ecr:BatchDeleteImage",
    "s3:DeleteBucket",
  ]

  apply_statements = {
    network = [
      { Sid = "Read", Effect = "Allow", Action = ["ec2:Describe*", "ec2:Get*", "elasticloadbalancing:Describe*", "cloudfront:Get*", "cloudfront:List*", "route53:Get*", "route53:List*", "acm:Describe*", "acm:Get*", "acm:List*"], Resource = "*" },
      { Sid = "Vpc", Effect = "Allow", Action = ["ec2:*Vpc*", "ec2:*Subnet*", "ec2:*SecurityGroup*", "ec2:*RouteTable*", "ec2:*Route", "ec2:*NatGateway*", "ec2:*Address", "ec2:*InternetGateway*", "ec2:*Tags"], Resource = "*", Condition = local.in_region },
      { Sid = "LoadBalancer", Effect = "Allow", Action = "elasticloadbalancing:*", Resource = [for kind in ["loadbalancer/app", "targetgroup", "listener/app", "listener-rule/app"] : "arn:aws:elasticloadbalancing:${local.at_home}:${kind}/${var.name}*"] },
      { Sid = "Distributions", Effect = "Allow", Action = ["cloudfront:*Distribution*", "cloudfront:*ResponseHeadersPolicy", "cloudfront:TagResource", "cloudfront:UntagResource"], Resource = "*" },
      { Sid = "Names", Effect = "Allow", Action = ["route53:ChangeResourceRecordSets", "route53:ChangeTagsForResource", "route53:CreateHostedZone", "route53:UpdateHostedZoneComment", "route53:AssociateVPCWithHostedZone"], Resource = "*" },
      { Sid = "Certificates", Effect = "Allow", Action = ["acm:RequestCertificate", "acm:DeleteCertificate", "acm:AddTagsToCertificate", "acm:RemoveTagsFromCertificate"], Resource = "*", Condition = { StringEquals = { "aws:RequestedRegion" = [var.region, "us-east-1"] } } },
    ]
    compute = [
      { Sid = "Read", Effect = "Allow", Action = ["ecs:Describe*", "ecs:List*", "lambda:Get*", "lambda:List*", "logs:Describe*", "logs:List*", "servicediscovery:Get*", "servicediscovery:List*", "cloudwatch:Describe*", "cloudwatch:List*", "sns:Get*", "sns:List*", "sqs:Get*", "sqs:List*", "budgets:View*", "budgets:List*"], Resource = "*" },
      { Sid = "Tasks", Effect = "Allow", Action = "ecs:*", Resource = ["arn:aws:ecs:${local.at_home}:*/${var.name}", "arn:aws:ecs:${local.at_home}:*/${var.name}/*", "arn:aws:ecs:${local.at_home}:task-definition/${var.name}-*"] },
      # Neither can be scoped before the thing exists.
      { Sid = "Unscoped", Effect = "Allow", Action = ["ecs:CreateCluster", "ecs:DeregisterTaskDefinition", "servicediscovery:*"], Resource = "*", Condition = local.in_region },
      { Sid = "Function", Effect = "Allow", Action = "lambda:*", Resource = "arn:aws:lambda:${local.at_home}:function:${var.name}-*" },
      { Sid = "Logs", Effect = "Allow", Action = ["logs:*LogGroup", "logs:*RetentionPolicy", "logs:*TagResource", "logs:UntagResource"], Resource = [for group in ["ecs/${var.name}", "aws/lambda/${var.name}-"] : "arn:aws:logs:${local.at_home}:log-group:/${group}*"] },
      { Sid = "Alarms", Effect = "Allow", Action = ["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms", "cloudwatch:TagResource", "cloudwatch:UntagResource"], Resource = "arn:aws:cloudwatch:${local.at_home}:alarm:${var.name}-*" },
      { Sid = "Messages", Effect = "Allow", Action = ["sns:*", "sqs:*"], Resource = ["arn:aws:sns:${local.at_home}:${var.name}-*", "arn:aws:sqs:${local.at_home}:${var.name}-*"] },
      { Sid = "Budget", Effect = "Allow", Action = ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"], Resource = "arn:aws:budgets::${var.account_id}:budget/${var.name}-*" },
    ]
    data = [
      { Sid = "Read", Effect = "Allow", Action = ["rds:Describe*", "rds:ListTagsForResource", "kms:Describe*", "kms:Get*", "kms:List*", "secretsmanager:Describe*", "secretsmanager:List*", "secretsmanager:GetResourcePolicy", "ecr:Describe*", "ecr:Get*", "ecr:List*", "s3:GetBucket*", "s3:Get*Configuration", "s3:ListBucket"], Resource = "*" },
      { Sid = "Buckets", Effect = "Allow", Action = ["s3:CreateBucket", "s3:PutBucket*", "s3:Put*Configuration", "s3:DeleteBucketPolicy"], Resource = "arn:aws:s3:::${var.bucket_prefix}-*" },
      { Sid = "State", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = local.state_object },
      { Sid = "Lock", Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource = local.state_lock },
      { Sid = "Database", Effect = "Allow", Action = "rds:*", Resource = [for kind in ["cluster", "db", "subgrp", "cluster-pg", "cluster-snapshot"] : "arn:aws:rds:${local.at_home}:${kind}:${var.name}-*"] },
      { Sid = "Keys", Effect = "Allow", Action = ["kms:CreateKey", "kms:*Alias", "kms:EnableKeyRotation", "kms:PutKeyPolicy", "kms:UpdateKeyDescription", "kms:*TagResource", "kms:UntagResource", "kms:CreateGrant", "kms:GenerateDataKey", "kms:Decrypt"], Resource = "*", Condition = local.in_region },
      { Sid = "Secrets", Effect = "Allow", Action = ["secretsmanager:CreateSecret", "secretsmanager:UpdateSecret", "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage", "secretsmanager:TagResource", "secretsmanager:UntagResource"], Resource = [for prefix in ["${var.name}-", "rds!"] : "arn:aws:secretsmanager:${local.at_home}:secret:${prefix}*"] },
      { Sid = "OidcClient", Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = var.oidc_secret_arn },
      { Sid = "Repositories", Effect = "Allow", Action = "ecr:*", Resource = local.repositories },
    ]
    access = [
      { Sid = "Read", Effect = "Allow", Action = ["iam:Get*", "iam:List*"], Resource = "*" },
      { Sid = "Roles", Effect = "Allow", Action = ["iam:*Role", "iam:*RolePolicy", "iam:*RoleDescription", "iam:*AssumeRolePolicy", "iam:*RolePermissionsBoundary"], Resource = "${local.role_prefix}-*" },
      { Sid = "Policies", Effect = "Allow", Action = ["iam:*Policy", "iam:*PolicyVersion"], Resource = "arn:aws:iam::${var.account_id}:policy/${var.name}-*" },
      { Sid = "CircleCi", Effect = "Allow", Action = "iam:*OpenIDConnectProvider*", Resource = "arn:aws:iam::${var.account_id}:oidc-provider/oidc.circleci.com/*" },
      { Sid = "ServiceRoles", Effect = "Allow", Action = "iam:CreateServiceLinkedRole", Resource = "arn:aws:iam::${var.account_id}:role/aws-service-role/*" },
      { Sid = "OnlyOurRoles", Effect = "Deny", Action = "iam:PassRole", NotResource = values(local.role_arns) },
      { Sid = "OnlyToServices", Effect = "Deny", Action = "iam:PassRole", Resource = "*", Condition = { StringNotEquals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] } } },
      { Sid = "NoAdministrators", Effect = "Deny", Action = "iam:AttachRolePolicy", Resource = "*", Condition = { ArnLike = { "iam:PolicyARN" = ["arn:aws:iam::aws:policy/AdministratorAccess*", "arn:aws:iam::aws:policy/PowerUserAccess", "arn:aws:iam::aws:policy/IAMFullAccess"] } } },
      # The fence cannot be taken down by those inside it: neither the boundary nor who may apply.
      { Sid = "NoBoundaryLifted", Effect = "Deny", Action = ["iam:DeleteRolePermissionsBoundary", "iam:DeletePolicy"], Resource = ["${local.role_prefix}-data-pipeline", "arn:aws:iam::${var.account_id}:policy/${local.boundary_name}"] },
      { Sid = "NothingStatefulDies", Effect = "Deny", Action = local.stateful_denied, Resource = "*" },
      { Sid = "NoObjectDies", Effect = "Deny", Action = "s3:DeleteObject*", Resource = concat(local.data_objects, [local.state_object]) },
    ]
  }
}

resource "aws_iam_role" "apply" {
  name                 = "${var.name}-ci-apply"
  max_session_duration = 3600
  assume_role_policy   = local.circleci_trust.apply
  depends_on           = [aws_iam_openid_connect_provider.circleci]
}

resource "aws_iam_policy" "apply" {
  for_each    = local.apply_statements
  name        = "${var.name}-ci-apply-${each.key}"
  description = "What applying may do: ${each.key}"
  policy      = jsonencode({ Version = "2012-10-17", Statement = each.value })

  lifecycle {
    precondition {
      condition     = length(jsonencode({ Version = "2012-10-17", Statement = each.value })) <= 6144
      error_message = "A managed policy holds 6144 characters."
    }
  }
}

resource "aws_iam_role_policy_attachment" "apply" {
  for_each   = aws_iam_policy.apply
  role       = aws_iam_role.apply.name
  policy_arn = each.value.arn
}
