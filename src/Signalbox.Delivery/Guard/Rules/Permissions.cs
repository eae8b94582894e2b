using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>Who may do what is never changed without a person's yes.</summary>
internal static class Permissions
{
    public static readonly Rule Changed = new("SB3140", Severity.Warning, "permissions would change");
    public static readonly Rule Broad = new("SB3141", Severity.Warning, "permissions would reach very far");

    private static readonly string[] PolicyAttributes = ["policy", "assume_role_policy", "inline_policy", "repository_policy", "access_policies", "access_policy"];

    private static readonly string[] FarReaching = ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"];

    public static ValueList<Rule> Rules { get; } = [Changed, Broad];

    public static IEnumerable<Finding> Judge(ResourceChange change, GuardPolicy policy)
    {
        var isOurs = change.Action is PlannedAction.Create or PlannedAction.Update or PlannedAction.Replace or PlannedAction.Delete or PlannedAction.Forget;
        if (!isOurs)
            yield break;

        var grants = GrantsPermissions(change.Type);
        if (grants && (change.Action != PlannedAction.Update || change.Differences.Any(IsAboutPermissions)))
        {
            yield return change.Holds(
                Changed, $"`{change.Type}` would be {Participle(change.Action)}",
                "read what it allows before approving");
        }

        foreach (var reach in change.Leaves ? Reaches(change) : [])
            yield return change.Holds(Broad, reach, "name the actions, resources and principals that are really needed");
    }

    private static bool IsAboutPermissions(Difference difference) =>
        !difference.Path.StartsWith("tags", StringComparison.Ordinal) && difference.Name is not "description" && !difference.IsOnlyFormatting;

    /// <summary>IAM itself, policies attached to resources, and grants that are policies in all but name.</summary>
    private static bool GrantsPermissions(string type) =>
        type.StartsWith("aws_iam_", StringComparison.Ordinal)
        || type.StartsWith("aws_ssoadmin_", StringComparison.Ordinal)
        || type.StartsWith("aws_organizations_policy", StringComparison.Ordinal)
        || type.StartsWith("aws_lakeformation_permissions", StringComparison.Ordinal)
        || (type.StartsWith("aws_", StringComparison.Ordinal) && IsResourcePolicy(type))
        || type is "aws_lambda_permission" or "aws_kms_grant" or "aws_s3_bucket_acl" or "aws_ram_resource_share"
            or "aws_ram_principal_association" or "azurerm_role_assignment" or "azurerm_role_definition"
        || (type.StartsWith("google_", StringComparison.Ordinal) && type.Contains("_iam_", StringComparison.Ordinal))
        || type.StartsWith("kubernetes_role", StringComparison.Ordinal)
        || type.StartsWith("kubernetes_cluster_role", StringComparison.Ordinal);

    private static bool IsResourcePolicy(string type) =>
        type is "aws_s3_bucket_policy" or "aws_s3_access_point" or "aws_kms_key_policy" or "aws_ecr_repository_policy"
            or "aws_ecr_registry_policy" or "aws_ecrpublic_repository_policy" or "aws_sqs_queue_policy" or "aws_sns_topic_policy"
            or "aws_secretsmanager_secret_policy" or "aws_efs_file_system_policy" or "aws_backup_vault_policy"
            or "aws_opensearch_domain_policy" or "aws_elasticsearch_domain_policy" or "aws_cloudwatch_log_resource_policy"
            or "aws_dynamodb_resource_policy" or "aws_glue_resource_policy" or "aws_api_gateway_rest_api_policy"
            or "aws_vpc_endpoint_policy" or "aws_kinesis_resource_policy" or "aws_lambda_layer_version_permission"
            or "aws_cloudwatch_event_bus_policy" or "aws_cloudwatch_event_permission" or "aws_codeartifact_domain_permissions_policy"
            or "aws_codeartifact_repository_permissions_policy" or "aws_media_store_container_policy" or "aws_msk_cluster_policy";

    private static IEnumerable<string> Reaches(ResourceChange change)
    {
        foreach (var name in PolicyAttributes)
        {
            var before = PolicyReach.Of(change.Before.Member(name)).ToHashSet(StringComparer.Ordinal);
            foreach (var reach in PolicyReach.Of(change.After.Member(name)).Except(before, StringComparer.Ordinal))
                yield return $"`{name}` {reach}";
        }

        var attached = change.After.Member("policy_arn").Text ?? "";
        if (!change.Before.Member("policy_arn").SameAs(change.After.Member("policy_arn"))
            && FarReaching.FirstOrDefault(name => attached.EndsWith($"/{name}", StringComparison.Ordinal)) is { } far)
        {
            yield return $"attaches the policy `{far}`";
        }

        if (change.Type == "aws_lambda_permission" && change.After.Member("principal").Text == "*")
            yield return "`principal` lets anyone invoke the function";
    }

    private static string Participle(PlannedAction action) => action switch
    {
        PlannedAction.Create => "created",
        PlannedAction.Update => "updated",
        PlannedAction.Replace => "replaced",
        PlannedAction.Delete => "deleted",
        _ => "forgotten",
    };
}
