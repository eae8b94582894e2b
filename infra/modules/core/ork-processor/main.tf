locals {
  function_name = "${var.name}-ork-processor"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${local.function_name}"
  retention_in_days = 30
}

# Without concurrency Lambda does not retry: a design uploaded while parked would be lost without this queue.
resource "aws_sqs_queue" "lost" {
  name                      = "${local.function_name}-lost"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_iam_role_policy" "lost" {
  name = "keep-lost-events"
  role = element(split("/", var.role_arn), -1)

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Keep", Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.lost.arn }]
  })
}

resource "aws_lambda_function" "this" {
  function_name                  = local.function_name
  role                           = var.role_arn
  runtime                        = "nodejs22.x"
  handler                        = "index.handler"
  architectures                  = ["x86_64"]
  filename                       = var.package.path
  source_code_hash               = filebase64sha256(var.package.path)
  timeout                        = 60
  memory_size                    = 512
  reserved_concurrent_executions = var.parked ? 0 : 5

  environment {
    variables = {
      NEO4J_SECRET_ARN      = var.secret_arns.neo4j
      CLOUDINARY_SECRET_ARN = var.secret_arns.cloudinary
    }
  }

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = var.security_group_ids
  }

  lifecycle {
    precondition {
      condition     = filesha256(var.package.path) == var.package.sha256
      error_message = "The package is not the one that is pinned: its SHA-256 differs."
    }
  }

  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_lambda_function_event_invoke_config" "this" {
  function_name                = aws_lambda_function.this.function_name
  maximum_event_age_in_seconds = 21600
  maximum_retry_attempts       = 2

  destination_config {
    on_failure {
      destination = aws_sqs_queue.lost.arn
    }
  }

  depends_on = [aws_iam_role_policy.lost]
}

resource "aws_lambda_permission" "bucket" {
  statement_id   = "DesignFiles"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.function_name
  principal      = "s3.amazonaws.com"
  source_arn     = var.bucket.arn
  source_account = split(":", var.role_arn)[4]
}

resource "aws_s3_bucket_notification" "this" {
  bucket = var.bucket.name

  lambda_function {
    id                  = "ork-created"
    lambda_function_arn = aws_lambda_function.this.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "designs/"
    filter_suffix       = ".ork"
  }

  depends_on = [aws_lambda_permission.bucket]
}
