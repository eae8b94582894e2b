locals {
  # What runs, pinned. `signalbox image pin` edits the tag at the end of a line; a tag is never moved.
  prefect_base_image     = "${var.account_id}.dkr.ecr.${var.region}.amazonaws.com/blog-data:prefect-3-python3.12-ecs"
  prefect_deployer_image = "${var.account_id}.dkr.ecr.${var.region}.amazonaws.com/blog-data:prefect-deployer-3-python3.12-aae96a1"
  portal_image           = "${var.account_id}.dkr.ecr.${var.region}.amazonaws.com/blog-portal:portal-1.0.0"

  # The function's package is pinned by content: the file and this digest change in one commit, or nothing plans.
  # The data application's build of ork-processor replaces the placeholder (infra/README.md says how).
  ork_processor_package = {
    path   = "${path.root}/../../lambda/ork-processor.zip"
    sha256 = "5119b032825c2ec8cc6fd52b175c962914f16311bbc048d28a90a6dd44a146f3"
  }
}

locals {
  name = "blog"
  tags = { Project = "blog_infra", Environment = "prod", ManagedBy = "terraform" }

  work_pool     = "blog-data-pool"
  database_port = 5432

  apps = {
    portal    = { host = "portal.${var.domain}", port = 7007, health_path = "/healthcheck", priority = 10 }
    pipelines = { host = "pipelines.${var.domain}", port = 4200, health_path = "/api/health", priority = 20 }
  }
  hosts = { for key, app in local.apps : key => app.host }

  # The repositories follow from the pins: what is pinned exists.
  repositories = {
    data   = regex("/([^:]+):", local.prefect_base_image)[0]
    portal = regex("/([^:]+):", local.portal_image)[0]
  }
}

module "network" {
  source = "../../modules/core/network"

  name               = local.name
  region             = var.region
  vpc_cidr           = "10.20.0.0/16"
  availability_zones = ["${var.region}a", "${var.region}b"]
  app_ports          = { for key, app in local.apps : key => app.port }
  database_port      = local.database_port
  parked             = var.parked
}

module "secrets" {
  source = "../../modules/core/secrets"

  oidc_secret_name = "blog-infra/kinde/oidc"
  secrets = {
    neo4j      = { name = "blog-data/neo4j/credentials", description = "Neo4j Aura: JSON with uri, username and password" }
    cloudinary = { name = "blog-data/cloudinary/credentials", description = "Cloudinary: JSON with cloud_name, api_key and api_secret" }
  }
}

module "data_buckets" {
  source = "../../modules/core/data-buckets"

  prefix = var.bucket_prefix
  roles  = ["cached", "raw", "clean", "design-files"]
}

module "ecr" {
  source   = "../../modules/core/ecr"
  for_each = local.repositories

  name = each.value
}

module "aurora" {
  source = "../../modules/core/aurora"

  name               = local.name
  engine_version     = var.aurora_engine_version
  port               = local.database_port
  subnet_ids         = module.network.private_subnet_ids
  security_group_ids = [module.network.security_group_ids["database"]]
  parked             = var.parked
}

module "iam" {
  source = "../../modules/core/iam"

  name       = local.name
  account_id = var.account_id
  region     = var.region
  circleci   = var.circleci
  # As in backend.tf, which takes no expressions.
  state            = { bucket = "rocketclub-tfstate", key = "blog_infra/prod/terraform.tfstate" }
  bucket_prefix    = var.bucket_prefix
  data_bucket_arns = module.data_buckets.arns
  secret_arns      = module.secrets.arns
  oidc_secret_arn  = module.secrets.oidc_secret_arn
  database         = { secret_arn = module.aurora.connection.secret_arn, kms_key_arn = module.aurora.kms_key_arn }
  repository_arns  = { for key, repository in module.ecr : key => repository.arn }
  cluster_arn      = module.ecs_cluster.arn
}

module "ork_processor" {
  source = "../../modules/core/ork-processor"

  name               = local.name
  package            = local.ork_processor_package
  role_arn           = module.iam.roles["lambda"]
  bucket             = { name = module.data_buckets.names["design-files"], arn = module.data_buckets.arns["design-files"] }
  secret_arns        = module.secrets.arns
  subnet_ids         = module.network.workload_subnet_ids
  security_group_ids = [module.network.security_group_ids["functions"]]
  parked             = var.parked
}

module "observability" {
  source = "../../modules/core/observability"

  name                   = local.name
  alert_email            = var.alert_email
  monthly_budget_usd     = var.monthly_budget_usd
  alb_arn_suffix         = module.alb.arn_suffix
  function_name          = module.ork_processor.function_name
  lost_events_queue_name = module.ork_processor.lost_events_queue_name
}
