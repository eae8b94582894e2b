mock_provider "aws" {
  override_during = plan

  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/mocked" }
  }
}

variables {
  name             = "blog"
  account_id       = "123456789012"
  region           = "eu-west-2"
  bucket_prefix    = "rocketclub"
  state            = { bucket = "rocketclub-tfstate", key = "blog_infra/prod/terraform.tfstate" }
  data_bucket_arns = { raw = "arn:aws:s3:::rocketclub-raw", design-files = "arn:aws:s3:::rocketclub-design-files" }
  secret_arns      = { neo4j = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:neo4j", cloudinary = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:cloudinary" }
  oidc_secret_arn  = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:kinde"
  cluster_arn      = "arn:aws:ecs:eu-west-2:123456789012:cluster/blog"
  repository_arns  = { data = "arn:aws:ecr:eu-west-2:123456789012:repository/blog-data", portal = "arn:aws:ecr:eu-west-2:123456789012:repository/blog-portal" }
  database         = { secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:rds", kms_key_arn = "arn:aws:kms:eu-west-2:123456789012:key/1" }

  circleci = {
    org_id           = "11111111-2222-3333-4444-555555555555"
    infra_project_id = "66666666-7777-8888-9999-000000000000"
    data_project_id  = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
    infra_repository = "github.com/rlhatcher/blog_infra"
    apply_branch     = "main"
  }
}

run "each_role_does_its_own_work" {
  command = plan

  assert {
    condition = alltrue([
      for policy in concat(values(aws_iam_role_policy.task), values(aws_iam_role_policy.execution), [aws_iam_role_policy.lambda]) :
      alltrue([for statement in jsondecode(policy.policy).Statement : !anytrue([for action in flatten([statement.Action]) : endswith(action, "*")])])
    ])
    error_message = "No running code has an action with a wildcard."
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.execution["flow_execution"].policy, var.database.secret_arn) && !strcontains(aws_iam_role_policy.task["flow"].policy, var.database.secret_arn)
    error_message = "A flow never sees the database's password."
  }

  assert {
    condition     = alltrue([for key, policy in merge(aws_iam_role_policy.task, aws_iam_role_policy.execution) : !strcontains(policy.policy, var.oidc_secret_arn)])
    error_message = "No task reads the OIDC client."
  }

  assert {
    condition     = one([for statement in jsondecode(aws_iam_role_policy.lambda.policy).Statement : statement.Resource if statement.Sid == "Designs"]) == "arn:aws:s3:::rocketclub-design-files/designs/*"
    error_message = "The function reads designs and nothing else."
  }

  assert {
    condition     = toset(one([for statement in jsondecode(aws_iam_role_policy.task["worker"].policy).Statement : statement.Resource if statement.Sid == "PassFlowRoles"])) == toset(["arn:aws:iam::123456789012:role/blog-flow-execution", "arn:aws:iam::123456789012:role/blog-task-prefect-flow"])
    error_message = "The worker hands out the flows' roles only."
  }
}

run "ci_plans_with_one_role_and_applies_with_another" {
  command = plan

  assert {
    condition = alltrue([
      for role in [aws_iam_role.plan, aws_iam_role.apply, aws_iam_role.pipeline] :
      jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["oidc.circleci.com/org/11111111-2222-3333-4444-555555555555:aud"] == var.circleci.org_id
    ])
    error_message = "Only this organization's jobs."
  }

  assert {
    condition     = jsondecode(aws_iam_role.apply.assume_role_policy).Statement[0].Condition.StringLike["oidc.circleci.com/org/11111111-2222-3333-4444-555555555555:sub"] == "org/11111111-2222-3333-4444-555555555555/project/66666666-7777-8888-9999-000000000000/user/*/vcs-origin/github.com/rlhatcher/blog_infra/vcs-ref/refs/heads/main"
    error_message = "Only this repository's main branch applies."
  }

  assert {
    condition     = strcontains(aws_iam_role.pipeline.assume_role_policy, "project/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/") && !strcontains(aws_iam_role.pipeline.assume_role_policy, "66666666")
    error_message = "The data application's project is another one."
  }

  assert {
    condition     = endswith(aws_iam_role_policy_attachment.plan_reads.policy_arn, "/ReadOnlyAccess") && [for statement in jsondecode(aws_iam_role_policy.plan.policy).Statement : statement.Resource if statement.Sid == "Lock"] == ["arn:aws:s3:::rocketclub-tfstate/blog_infra/prod/terraform.tfstate.tflock"]
    error_message = "The plan role reads, and writes the lock only."
  }

  assert {
    condition     = alltrue([for policy in aws_iam_policy.apply : alltrue([for statement in jsondecode(policy.policy).Statement : statement.Effect == "Deny" || !contains(flatten([statement.Action]), "*")])])
    error_message = "The apply role is no administrator."
  }

  assert {
    condition     = alltrue([for action in ["rds:DeleteDBCluster", "kms:ScheduleKeyDeletion", "s3:DeleteBucket", "secretsmanager:DeleteSecret", "ecr:DeleteRepository"] : contains(one([for statement in jsondecode(aws_iam_policy.apply["access"].policy).Statement : statement.Action if statement.Sid == "NothingStatefulDies"]), action)])
    error_message = "Not even the apply role deletes what is stateful."
  }

  assert {
    condition     = length(one([for statement in jsondecode(aws_iam_policy.apply["access"].policy).Statement : statement.NotResource if statement.Sid == "OnlyOurRoles"])) == 8
    error_message = "It passes our roles and no others."
  }
}

run "the_data_pipeline_pushes_and_deploys" {
  command = plan

  assert {
    condition     = toset(flatten([for statement in jsondecode(aws_iam_role_policy.pipeline.policy).Statement : statement.Resource])) == toset(["*", "arn:aws:ecr:eu-west-2:123456789012:repository/blog-data", "arn:aws:ecs:eu-west-2:123456789012:task-definition/blog-prefect-deployer:*", "arn:aws:ecs:eu-west-2:123456789012:task/blog/*", "arn:aws:iam::123456789012:role/blog-flow-execution", "arn:aws:iam::123456789012:role/blog-task-prefect-deployer"])
    error_message = "blog-data, the deployer, its two roles: nothing else."
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.pipeline.policy).Statement : statement.Action if statement.Resource == "*"] == ["ecr:GetAuthorizationToken"]
    error_message = "Only logging in to the registry knows no resource."
  }

  assert {
    condition     = aws_iam_role.pipeline.permissions_boundary == aws_iam_policy.pipeline_boundary.arn
    error_message = "The role stands under its boundary."
  }

  assert {
    condition = alltrue([
      for service in ["ec2:", "rds:", "s3:", "iam:Create", "iam:Put", "iam:Attach", "cloudfront:", "elasticloadbalancing:", "ecs:Update", "ecs:Register", "ecr:Delete", "kms:", "secretsmanager:"] :
      !anytrue([for action in one([for statement in jsondecode(aws_iam_policy.pipeline_boundary.policy).Statement : statement.NotAction if statement.Sid == "NoCoreInfrastructure"]) : startswith(action, service)])
    ])
    error_message = "The boundary denies every change to core infrastructure."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name             = "Blog!"
    account_id       = "1"
    region           = "London"
    bucket_prefix    = "r"
    state            = { bucket = "rocketclub-tfstate", key = "state" }
    data_bucket_arns = {}
    secret_arns      = {}
    oidc_secret_arn  = "kinde"
    cluster_arn      = "blog"
    repository_arns  = { data = "blog-data", portal = "blog-portal" }
    database         = { secret_arn = "rds", kms_key_arn = "key" }
    circleci         = { org_id = "rlhatcher", infra_project_id = "x", data_project_id = "y", infra_repository = "github.com/*/*", apply_branch = "*" }
  }

  expect_failures = [
    var.name, var.account_id, var.region, var.bucket_prefix, var.state, var.data_bucket_arns, var.secret_arns,
    var.oidc_secret_arn, var.cluster_arn, var.repository_arns, var.database, var.circleci,
  ]
}
