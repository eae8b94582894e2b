# The parked page lives in S3 and is served by CloudFront: nothing that costs by the hour stands behind it.
locals {
  parked_folder = "_parked"
  parked_key    = "${local.parked_folder}/index.html"
}

resource "aws_s3_bucket" "parked" {
  bucket = var.parked_bucket_name
}

resource "aws_s3_bucket_server_side_encryption_configuration" "parked" {
  bucket = aws_s3_bucket.parked.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "parked" {
  bucket                  = aws_s3_bucket.parked.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_object" "parked" {
  bucket        = aws_s3_bucket.parked.id
  key           = local.parked_key
  content       = file("${path.module}/parked.html")
  content_type  = "text/html; charset=utf-8"
  cache_control = "no-store"
}

resource "aws_cloudfront_origin_access_control" "parked" {
  name                              = var.parked_bucket_name
  description                       = "Lets CloudFront, and nobody else, read the parked page"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_s3_bucket_policy" "parked" {
  bucket     = aws_s3_bucket.parked.id
  depends_on = [aws_s3_bucket_public_access_block.parked]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "CloudFront"
      Effect    = "Allow"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.parked.arn}/${local.parked_folder}/*"
      Condition = { StringEquals = { "AWS:SourceArn" = [for distribution in aws_cloudfront_distribution.app : distribution.arn] } }
    }]
  })
}
