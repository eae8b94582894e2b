module "dns" {
  source = "../../modules/core/dns"

  domain = var.domain
}

module "acm_alb_origin" {
  source = "../../modules/core/acm-alb-origin"

  hosts   = values(local.hosts)
  zone_id = module.dns.zone_id
}

module "acm_edge" {
  source     = "../../modules/core/acm-edge"
  providers  = { aws = aws.us_east_1 }
  depends_on = [module.acm_alb_origin]

  hosts = values(local.hosts)
}

module "alb" {
  source = "../../modules/core/alb"

  name               = local.name
  vpc_id             = module.network.vpc_id
  subnet_ids         = module.network.public_subnet_ids
  security_group_ids = [module.network.security_group_ids["alb"]]
  certificate_arn    = module.acm_alb_origin.certificate_arn
  log_bucket_name    = "${var.bucket_prefix}-alb-logs"
  apps               = local.apps
  oidc_client        = module.secrets.oidc_client
  parked             = var.parked

  oidc = {
    issuer                 = "https://${var.kinde_host}"
    authorization_endpoint = "https://${var.kinde_host}/oauth2/auth"
    token_endpoint         = "https://${var.kinde_host}/oauth2/token"
    user_info_endpoint     = "https://${var.kinde_host}/oauth2/v2/user_profile"
  }
}

module "cloudfront_apps" {
  source = "../../modules/core/cloudfront-apps"

  name            = local.name
  hosts           = local.hosts
  origin_dns_name = module.alb.dns_name
  certificate_arn = module.acm_edge.certificate_arn
  zone_id         = module.dns.zone_id
  parked          = var.parked
}
