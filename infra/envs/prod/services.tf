module "ecs_cluster" {
  source = "../../modules/core/ecs-cluster"

  name   = local.name
  vpc_id = module.network.vpc_id
}

# On the way back the database's minimum rises before any service starts, also before those that do not speak to it.
module "portal" {
  source     = "../../modules/core/ecs-service"
  depends_on = [module.aurora]

  name               = "portal"
  family_prefix      = local.name
  region             = var.region
  image              = local.portal_image
  cpu                = 512
  memory             = 1024
  port               = local.apps.portal.port
  environment        = { NODE_ENV = "production", APP_BASE_URL = "https://${local.apps.portal.host}" }
  secrets            = { NEO4J_CREDENTIALS = module.secrets.arns["neo4j"] }
  execution_role_arn = module.iam.roles["execution"]
  task_role_arn      = module.iam.roles["portal"]
  parked             = var.parked

  service = {
    cluster_arn        = module.ecs_cluster.arn
    desired_count      = 1
    subnet_ids         = module.network.workload_subnet_ids
    security_group_ids = [module.network.security_group_ids["portal"]]
    target_group_arns  = [module.alb.target_group_arns["portal"]]
  }
}

module "prefect" {
  source     = "../../modules/core/prefect"
  depends_on = [module.aurora]

  name             = local.name
  region           = var.region
  host             = local.apps.pipelines.host
  port             = local.apps.pipelines.port
  images           = { base = local.prefect_base_image, deployer = local.prefect_deployer_image }
  work_pool        = local.work_pool
  database         = module.aurora.connection
  cluster          = module.ecs_cluster
  roles            = module.iam.roles
  subnet_ids       = module.network.workload_subnet_ids
  target_group_arn = module.alb.target_group_arns["pipelines"]
  parked           = var.parked

  security_group_ids = {
    server  = module.network.security_group_ids["pipelines"]
    workers = module.network.security_group_ids["workers"]
  }
}
