using Xunit;

namespace Signalbox.Tests.Delivery.Guard;

public sealed class ProtectionTests
{
    [Theory]
    [InlineData("aws_rds_cluster", """{"deletion_protection":true}""", """{"deletion_protection":false}""", "deny SB3110")]
    [InlineData("aws_rds_cluster", """{"deletion_protection":true}""", """{"deletion_protection":null}""", "deny SB3110")]
    [InlineData("aws_lb", """{"enable_deletion_protection":true}""", """{"enable_deletion_protection":false}""", "deny SB3110")]
    [InlineData("aws_dynamodb_table", """{"deletion_protection_enabled":true}""", """{}""", "deny SB3110")]
    [InlineData("aws_cognito_user_pool", """{"deletion_protection":"ACTIVE"}""", """{"deletion_protection":"INACTIVE"}""", "deny SB3110")]
    [InlineData("aws_rds_cluster", """{"deletion_protection":false}""", """{"deletion_protection":true}""", "")]
    [InlineData("aws_rds_cluster", """{"deletion_protection":false}""", """{"deletion_protection":false,"x":1}""", "")]
    [InlineData("aws_db_instance", """{"skip_final_snapshot":false}""", """{"skip_final_snapshot":true}""", "deny SB3111")]
    [InlineData("aws_db_instance", """{"skip_final_snapshot":true}""", """{"skip_final_snapshot":false}""", "")]
    [InlineData("aws_s3_bucket", """{"force_destroy":false}""", """{"force_destroy":true}""", "deny SB3112")]
    [InlineData("aws_ecr_repository", """{"force_delete":null}""", """{"force_delete":true}""", "deny SB3112")]
    [InlineData("aws_ecr_repository", """{"image_tag_mutability":"IMMUTABLE"}""", """{"image_tag_mutability":"MUTABLE"}""", "deny SB3113")]
    [InlineData("aws_s3_bucket_versioning", """{"versioning_configuration":[{"status":"Enabled"}]}""", """{"versioning_configuration":[{"status":"Suspended"}]}""", "deny SB3113")]
    [InlineData("aws_dynamodb_table", """{"point_in_time_recovery":[{"enabled":true}]}""", """{"point_in_time_recovery":[]}""", "deny SB3113")]
    [InlineData("aws_kms_key", """{"is_enabled":true}""", """{"is_enabled":false}""", "deny SB3113")]
    [InlineData("aws_kms_key", """{"enable_key_rotation":true}""", """{"enable_key_rotation":false}""", "hold SB3114")]
    [InlineData("aws_lambda_function", """{"logging_config":[{"enabled":true}]}""", """{"logging_config":[]}""", "")]
    public async Task A_safeguard_may_be_put_on_but_not_taken_off(string type, string before, string after, string expected) =>
        Assert.Equal(expected, await GuardAnswers.ToUpdate(type, before, after));

    [Fact]
    public async Task A_safeguard_that_is_known_only_later_is_held() =>
        Assert.Equal("hold SB3110", await GuardAnswers.ToUpdate("aws_rds_cluster", """{"deletion_protection":true}""", "{}", """{"deletion_protection":true}"""));

    [Theory]
    [InlineData("aws_s3_bucket", """{"force_destroy":true}""", "deny SB3112")]
    [InlineData("aws_s3_bucket", """{"force_destroy":false}""", "")]
    [InlineData("aws_rds_cluster", """{"deletion_protection":false,"skip_final_snapshot":true}""", "hold SB3110, hold SB3111")]
    [InlineData("aws_rds_cluster", """{"deletion_protection":null}""", "")]
    [InlineData("aws_lb", """{"enable_deletion_protection":false}""", "")]
    public async Task What_is_born_unprotected_is_said(string type, string after, string expected) =>
        Assert.Equal(expected, await GuardAnswers.ToCreate(type, after));

    [Theory]
    [InlineData("aws_rds_cluster", """{"backup_retention_period":7}""", """{"backup_retention_period":1}""", "deny SB3120")]
    [InlineData("aws_rds_cluster", """{"backup_retention_period":7}""", """{"backup_retention_period":35}""", "")]
    [InlineData("aws_cloudwatch_log_group", """{"retention_in_days":30}""", """{"retention_in_days":7}""", "deny SB3120")]
    [InlineData("aws_cloudwatch_log_group", """{"retention_in_days":0}""", """{"retention_in_days":7}""", "deny SB3120")]
    [InlineData("aws_cloudwatch_log_group", """{"retention_in_days":30}""", """{"retention_in_days":0}""", "")]
    [InlineData("aws_kms_key", """{"deletion_window_in_days":30}""", """{"deletion_window_in_days":7}""", "deny SB3120")]
    [InlineData("aws_secretsmanager_secret", """{"recovery_window_in_days":30}""", """{"recovery_window_in_days":0}""", "deny SB3120")]
    [InlineData("aws_backup_plan", """{"rule":[{"lifecycle":[{"delete_after":90}]}]}""", """{"rule":[{"lifecycle":[{"delete_after":30}]}]}""", "deny SB3120")]
    [InlineData("aws_ecr_lifecycle_policy", """{"policy":"{\"rules\":[{\"selection\":{\"countNumber\":30}}]}"}""", """{"policy":"{\"rules\":[{\"selection\":{\"countNumber\":3}}]}"}""", "deny SB3120")]
    [InlineData("aws_s3_bucket_lifecycle_configuration", """{"rule":[{"expiration":[{"days":90}]}]}""", """{"rule":[{"expiration":[{"days":30}]}]}""", "deny SB3120")]
    [InlineData("aws_s3_bucket_lifecycle_configuration", """{"rule":[]}""", """{"rule":[{"expiration":[{"days":30}]}]}""", "hold SB3121")]
    [InlineData("aws_s3_bucket_lifecycle_configuration", """{"rule":[{"expiration":[{"days":90}]}]}""", """{"rule":[]}""", "")]
    public async Task What_is_kept_may_be_kept_longer_but_not_shorter(string type, string before, string after, string expected) =>
        Assert.Equal(expected, await GuardAnswers.ToUpdate(type, before, after));

    [Theory]
    [InlineData("""{"bucket":"already-there","rule":[{"expiration":[{"days":1}]}]}""", "hold SB3121")]
    [InlineData("""{"rule":[{"expiration":[{"days":1}]}]}""", "")]
    public async Task A_first_lifecycle_is_held_only_for_a_bucket_that_exists(string after, string expected) =>
        Assert.Equal(expected, await GuardAnswers.ToCreate("aws_s3_bucket_lifecycle_configuration", after));
}
