mock_provider "aws" {}

run "tags_never_move" {
  command = plan

  variables {
    name = "blog-data"
  }

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE" && aws_ecr_repository.this.image_scanning_configuration[0].scan_on_push
    error_message = "Tags are immutable and images are scanned when pushed."
  }

  assert {
    condition     = aws_ecr_repository.this.encryption_configuration[0].encryption_type == "KMS" && aws_ecr_repository.this.force_delete != true
    error_message = "Images are encrypted, and a repository with images cannot be deleted."
  }

  assert {
    condition     = alltrue([for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : rule.selection.tagStatus == "untagged"])
    error_message = "A tagged image, which something may pin, is never expired."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name = "Blog Data"
  }

  expect_failures = [var.name]
}
