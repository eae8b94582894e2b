mock_provider "aws" {}

variables {
  prefix = "rocketclub"
  roles  = ["cached", "raw", "clean", "design-files"]
}

run "buckets_lose_nothing_and_show_nothing" {
  command = plan

  assert {
    condition     = toset([for bucket in aws_s3_bucket.this : bucket.bucket]) == toset(["rocketclub-cached", "rocketclub-raw", "rocketclub-clean", "rocketclub-design-files"])
    error_message = "One bucket a role."
  }

  assert {
    condition     = alltrue([for bucket in aws_s3_bucket.this : bucket.force_destroy != true])
    error_message = "A bucket with objects cannot be destroyed."
  }

  assert {
    condition     = length(aws_s3_bucket_versioning.this) == 4 && alltrue([for versioning in aws_s3_bucket_versioning.this : versioning.versioning_configuration[0].status == "Enabled"])
    error_message = "Every bucket keeps versions."
  }

  assert {
    condition     = length(aws_s3_bucket_server_side_encryption_configuration.this) == 4 && alltrue([for encryption in aws_s3_bucket_server_side_encryption_configuration.this : one(one(encryption.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"])
    error_message = "Every bucket is encrypted with KMS."
  }

  assert {
    condition     = length(aws_s3_bucket_public_access_block.this) == 4 && alltrue([for block in aws_s3_bucket_public_access_block.this : block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets])
    error_message = "No bucket is public."
  }

  assert {
    condition     = alltrue(flatten([for lifecycle in aws_s3_bucket_lifecycle_configuration.this : [for rule in lifecycle.rule : length(rule.expiration) == 0]]))
    error_message = "No current object ever expires."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    prefix          = "Rocket_Club"
    roles           = ["Raw"]
    noncurrent_days = 1
  }

  expect_failures = [var.prefix, var.roles, var.noncurrent_days]
}
