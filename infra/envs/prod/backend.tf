terraform {
  backend "s3" {
    bucket       = "rocketclub-tfstate"
    key          = "blog_infra/prod/terraform.tfstate"
    region       = "eu-west-2"
    encrypt      = true
    use_lockfile = true
  }
}
