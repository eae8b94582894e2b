# Nothing secret is here, and neither account_id nor parked: those two come with the target and the park intent.
domain        = "rocketclub.online"
bucket_prefix = "rocketclub"
kinde_host    = "rocketclub.kinde.com"
alert_email   = "ops@rocketclub.online"

# Organization Settings > Overview and Project Settings > Overview in CircleCI. These UUIDs stand in for the real ones.
circleci = {
  org_id           = "11111111-2222-3333-4444-555555555555"
  infra_project_id = "66666666-7777-8888-9999-000000000000"
  data_project_id  = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
  infra_repository = "github.com/rlhatcher/blog_infra"
  apply_branch     = "main"
}
