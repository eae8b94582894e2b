mock_provider "aws" {}

variables {
  name               = "blog"
  engine_version     = "15.13"
  port               = 5432
  subnet_ids         = ["subnet-1", "subnet-2"]
  security_group_ids = ["sg-1"]
  parked             = false
}

run "database_is_kept_safe" {
  command = plan

  assert {
    condition     = aws_rds_cluster.this.engine == "aurora-postgresql" && aws_rds_cluster.this.engine_version == "15.13" && aws_rds_cluster_instance.this.instance_class == "db.serverless"
    error_message = "This is Aurora Serverless v2 PostgreSQL 15.13."
  }

  assert {
    condition     = aws_rds_cluster.this.serverlessv2_scaling_configuration[0].min_capacity == 0.5 && aws_rds_cluster.this.serverlessv2_scaling_configuration[0].max_capacity == 1
    error_message = "Unparked it runs between 0.5 and 1 ACU."
  }

  assert {
    condition     = aws_rds_cluster.this.deletion_protection && !aws_rds_cluster.this.skip_final_snapshot && aws_rds_cluster.this.backup_retention_period >= 7
    error_message = "It is protected, backed up, and leaves a snapshot."
  }

  assert {
    condition     = aws_rds_cluster.this.storage_encrypted && aws_kms_key.this.enable_key_rotation && aws_rds_cluster.this.manage_master_user_password && aws_rds_cluster.this.master_password == null
    error_message = "It is encrypted with a rotating key, and nobody chose its password."
  }

  assert {
    condition     = !aws_rds_cluster_instance.this.publicly_accessible && one(aws_rds_cluster_parameter_group.this.parameter).name == "rds.force_ssl" && one(aws_rds_cluster_parameter_group.this.parameter).value == "1"
    error_message = "It is private and speaks TLS only."
  }

  assert {
    condition     = aws_rds_cluster_instance.this.performance_insights_enabled && aws_rds_cluster_instance.this.performance_insights_retention_period == 7
    error_message = "Performance Insights keeps seven days."
  }
}

run "parked_database_may_pause" {
  command = plan

  variables {
    parked = true
  }

  assert {
    condition     = aws_rds_cluster.this.serverlessv2_scaling_configuration[0].min_capacity == 0 && aws_rds_cluster.this.serverlessv2_scaling_configuration[0].max_capacity == 1
    error_message = "Parked it may fall to 0 ACU, and can still wake."
  }

  assert {
    condition     = aws_rds_cluster.this.deletion_protection
    error_message = "Parking takes no protection away."
  }
}

run "nonsense_is_refused" {
  command = plan

  variables {
    name               = "Blog!"
    engine_version     = "15.6"
    port               = 80
    subnet_ids         = ["subnet-1"]
    security_group_ids = []
    capacity           = { min = 0, max = 1 }
  }

  expect_failures = [var.name, var.engine_version, var.port, var.subnet_ids, var.security_group_ids, var.capacity]
}
