using System.Collections.Frozen;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Guard;

/// <summary>
/// Resource types whose objects hold what cannot be made again: data, keys, names others rely on. Log groups are among
/// them, because what happened is lost with them; caches without a persistent store are too, since plans cannot tell.
/// </summary>
internal static class StatefulTypes
{
    public static bool Protects(ResourceChange change, GuardPolicy policy) =>
        BuiltIn.Contains(change.Type)
        || policy.StatefulTypes.Contains(change.Type, StringComparer.Ordinal)
        || policy.StatefulAddresses.Any(protectedAddress =>
            Covers(protectedAddress, change.Address)
            || (change.PreviousAddress is { } previous && Covers(protectedAddress, previous)));

    /// <summary>A module or resource covers itself, its instances and everything below it.</summary>
    private static bool Covers(string protectedAddress, string address) =>
        address.StartsWith(protectedAddress, StringComparison.Ordinal)
        && (address.Length == protectedAddress.Length || address[protectedAddress.Length] is '.' or '[');

    public static readonly FrozenSet<string> BuiltIn = FrozenSet.ToFrozenSet(
    [
        // Databases, and what they are restored from
        "aws_db_instance", "aws_db_snapshot", "aws_db_cluster_snapshot", "aws_rds_cluster", "aws_rds_global_cluster",
        "aws_rds_cluster_instance", "aws_docdb_cluster", "aws_docdb_cluster_snapshot", "aws_docdb_global_cluster",
        "aws_docdbelastic_cluster", "aws_neptune_cluster", "aws_neptune_cluster_snapshot", "aws_neptune_global_cluster",
        "aws_neptunegraph_graph", "aws_dynamodb_table", "aws_dynamodb_global_table", "aws_dynamodb_table_replica",
        "aws_keyspaces_keyspace", "aws_keyspaces_table", "aws_qldb_ledger", "aws_timestreamwrite_database",
        "aws_timestreamwrite_table", "aws_redshift_cluster", "aws_redshift_cluster_snapshot", "aws_redshiftserverless_namespace",
        "aws_redshiftserverless_snapshot", "aws_elasticache_cluster", "aws_elasticache_replication_group",
        "aws_elasticache_serverless_cache", "aws_memorydb_cluster", "aws_memorydb_snapshot", "aws_opensearch_domain",
        "aws_elasticsearch_domain", "aws_opensearchserverless_collection", "aws_lightsail_database", "aws_dsql_cluster",

        // Objects, files and disks
        "aws_s3_bucket", "aws_s3_directory_bucket", "aws_s3tables_table_bucket", "aws_s3tables_table",
        "aws_glacier_vault", "aws_efs_file_system", "aws_fsx_lustre_file_system", "aws_fsx_ontap_file_system",
        "aws_fsx_ontap_volume", "aws_fsx_openzfs_file_system", "aws_fsx_openzfs_volume", "aws_fsx_openzfs_snapshot",
        "aws_fsx_windows_file_system", "aws_fsx_backup", "aws_ebs_volume", "aws_ebs_snapshot", "aws_ami",
        "aws_backup_vault", "aws_backup_logically_air_gapped_vault", "aws_backup_plan", "aws_backup_selection",
        "aws_backup_vault_lock_configuration", "aws_lightsail_disk", "aws_lightsail_bucket", "aws_storagegateway_gateway",

        // What protects objects that are there already: without it the next overwrite is final
        "aws_s3_bucket_versioning", "aws_s3_bucket_object_lock_configuration", "aws_ecr_replication_configuration",

        // Keys, secrets, certificates' authorities
        "aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key", "aws_cloudhsm_v2_cluster",
        "aws_secretsmanager_secret", "aws_secretsmanager_secret_version", "aws_ssm_parameter", "aws_acmpca_certificate_authority",
        "tls_private_key", "random_password",

        // Images, packages, code
        "aws_ecr_repository", "aws_ecrpublic_repository", "aws_codecommit_repository", "aws_codeartifact_repository",
        "aws_codeartifact_domain",

        // Names and people that others depend on
        "aws_route53_zone", "aws_route53domains_registered_domain", "aws_cognito_user_pool", "aws_cognito_identity_pool",
        "aws_directory_service_directory",

        // Streams, queues of record, logs
        "aws_msk_cluster", "aws_msk_serverless_cluster", "aws_kinesis_stream", "aws_kinesis_video_stream", "aws_mq_broker",
        "aws_cloudwatch_log_group", "aws_cloudtrail", "aws_cloudtrail_event_data_store", "aws_prometheus_workspace",
        "aws_glue_catalog_database", "aws_glue_catalog_table", "aws_sagemaker_domain",

        // Google Cloud
        "google_sql_database_instance", "google_sql_database", "google_storage_bucket", "google_bigquery_dataset",
        "google_bigquery_table", "google_bigtable_instance", "google_bigtable_table", "google_spanner_instance",
        "google_spanner_database", "google_firestore_database", "google_redis_instance", "google_alloydb_cluster",
        "google_alloydb_instance", "google_compute_disk", "google_compute_region_disk", "google_filestore_instance",
        "google_kms_key_ring", "google_kms_crypto_key", "google_secret_manager_secret", "google_secret_manager_secret_version",
        "google_artifact_registry_repository", "google_dns_managed_zone",

        // Azure
        "azurerm_storage_account", "azurerm_storage_container", "azurerm_storage_share", "azurerm_mssql_server",
        "azurerm_mssql_database", "azurerm_mssql_managed_instance", "azurerm_postgresql_flexible_server",
        "azurerm_postgresql_flexible_server_database", "azurerm_postgresql_server", "azurerm_mysql_flexible_server",
        "azurerm_mysql_flexible_database", "azurerm_mariadb_server", "azurerm_cosmosdb_account", "azurerm_cosmosdb_sql_database",
        "azurerm_cosmosdb_sql_container", "azurerm_redis_cache", "azurerm_managed_disk", "azurerm_key_vault",
        "azurerm_key_vault_key", "azurerm_key_vault_secret", "azurerm_key_vault_certificate", "azurerm_container_registry",
        "azurerm_dns_zone", "azurerm_recovery_services_vault", "azurerm_log_analytics_workspace",

        // Kubernetes
        "kubernetes_persistent_volume", "kubernetes_persistent_volume_claim", "kubernetes_persistent_volume_claim_v1",
        "kubernetes_persistent_volume_v1", "kubernetes_secret", "kubernetes_secret_v1", "kubernetes_namespace",
        "kubernetes_namespace_v1",
    ], StringComparer.Ordinal);
}
