mock_provider "aws" {}

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  account_id = "123456789012"
}

run "everything_fits_together" {
  command = plan

  assert {
    condition     = output.parked == false && output.endpoints == { portal = "https://portal.rocketclub.online", pipelines = "https://pipelines.rocketclub.online" }
    error_message = "Unparked unless it is told otherwise, under its two names."
  }

  assert {
    condition = alltrue([for image in [local.prefect_base_image, local.prefect_deployer_image, local.portal_image] :
      can(regex("^123456789012\\.dkr\\.ecr\\.eu-west-2\\.amazonaws\\.com/[a-z-]+:[A-Za-z0-9_.-]+$", image)) && !endswith(image, ":latest")
    ])
    error_message = "Images are pinned to concrete tags of this account's registry."
  }

  assert {
    condition     = local.repositories == { data = "blog-data", portal = "blog-portal" } && strcontains(local.prefect_deployer_image, "/blog-data:prefect-deployer-3-python3.12-")
    error_message = "The Prefect images come from blog-data."
  }

  assert {
    condition     = output.service_names == ["portal", "prefect-server", "prefect-worker"] && output.deployer_task_definition == "blog-prefect-deployer"
    error_message = "Three services and the deployer."
  }
}

run "park_intent_is_an_output" {
  command = plan

  variables {
    parked = true
  }

  assert {
    condition     = output.parked == true
    error_message = "The state says what is wanted."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    account_id            = "prod"
    region                = "London"
    domain                = "rocketclub"
    bucket_prefix         = "R"
    kinde_host            = "https://rocketclub.kinde.com"
    alert_email           = "ops"
    monthly_budget_usd    = 0
    aurora_engine_version = "14.12"
    circleci              = { org_id = "rlhatcher", infra_project_id = "x", data_project_id = "y", infra_repository = "github.com/a/b", apply_branch = "main" }
  }

  expect_failures = [
    var.account_id, var.region, var.domain, var.bucket_prefix, var.kinde_host, var.alert_email, var.monthly_budget_usd,
    var.aurora_engine_version, var.circleci,
  ]
}
