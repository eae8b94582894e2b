mock_provider "aws" {}

variables {
  name               = "blog"
  role_arn           = "arn:aws:iam::123456789012:role/blog-lambda-ork-processor"
  bucket             = { name = "rocketclub-design-files", arn = "arn:aws:s3:::rocketclub-design-files" }
  secret_arns        = { neo4j = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:neo4j", cloudinary = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:cloudinary" }
  subnet_ids         = ["subnet-1"]
  security_group_ids = ["sg-1"]
  parked             = false

  # Any file will do: this module checks that it is the one that is pinned, not what is in it.
  package = { path = "versions.tf", sha256 = "97a552c1e805fa78f0c59c9fd42488b541fcdfc409f36d16aa4f70d5d9358dec" }
}

run "designs_are_processed" {
  command = plan

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 5 && aws_lambda_function.this.architectures == tolist(["x86_64"])
    error_message = "Five designs at a time, on x86-64."
  }

  assert {
    condition     = one(aws_s3_bucket_notification.this.lambda_function).filter_prefix == "designs/" && one(aws_s3_bucket_notification.this.lambda_function).filter_suffix == ".ork"
    error_message = "Only designs/*.ork starts it."
  }

  assert {
    condition     = aws_lambda_permission.bucket.principal == "s3.amazonaws.com" && aws_lambda_permission.bucket.source_arn == var.bucket.arn && aws_lambda_permission.bucket.source_account == "123456789012"
    error_message = "Only this bucket of this account may start it."
  }
}

run "parked_processes_nothing_and_loses_nothing" {
  command = plan

  variables {
    parked = true
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 0
    error_message = "No invocation while parked."
  }

  assert {
    condition     = aws_sqs_queue.lost.message_retention_seconds == 1209600 && aws_sqs_queue.lost.sqs_managed_sse_enabled
    error_message = "Events are kept for two weeks, encrypted."
  }
}

run "another_package_is_refused" {
  command = plan

  variables {
    package = { path = "versions.tf", sha256 = "0000000000000000000000000000000000000000000000000000000000000000" }
  }

  expect_failures = [aws_lambda_function.this]
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name               = "Blog!"
    role_arn           = "role"
    package            = { path = "versions.tf", sha256 = "latest" }
    bucket             = { name = "b", arn = "b" }
    secret_arns        = {}
    subnet_ids         = []
    security_group_ids = []
  }

  expect_failures = [var.name, var.role_arn, var.package, var.bucket, var.secret_arns, var.subnet_ids, var.security_group_ids]
}
