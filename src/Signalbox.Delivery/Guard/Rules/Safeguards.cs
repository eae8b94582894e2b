using System.Text.Json;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>An attribute that protects, and when it no longer does.</summary>
internal sealed record Safeguard(Rule Rule, Func<JsonElement, bool> IsWeak, string Weakened)
{
    public Judgement Judgement { get; init; } = Judgement.Deny;

    /// <summary>A resource that is born without it is worth a word too.</summary>
    public bool IsJudgedWhenNew { get; init; }
}

internal static class Safeguards
{
    private static readonly Safeguard Deletion =
        new(Protection.DeletionProtection, IsOff, "switches deletion protection off") { IsJudgedWhenNew = true };

    private static readonly Safeguard Forced =
        new(Protection.ForcedDeletion, value => value.IsTrue || value.Text == "true", "lets a deletion take everything inside along")
        {
            IsJudgedWhenNew = true,
        };

    private static readonly Safeguard Feature = new(Protection.Safeguard, IsOff, "switches a safeguard off");

    private static readonly Dictionary<string, Safeguard> ByName = new(StringComparer.Ordinal)
    {
        ["deletion_protection"] = Deletion,
        ["deletion_protection_enabled"] = Deletion,
        ["enable_deletion_protection"] = Deletion,
        ["prevent_deletion_if_contains_resources"] = Deletion,
        ["purge_protection_enabled"] = Deletion,
        ["prevent_destroy"] = Deletion,
        ["disable_api_termination"] = Deletion,
        ["skip_final_snapshot"] = new(Protection.FinalSnapshot, IsOn, "switches the final snapshot off") { IsJudgedWhenNew = true },
        ["skip_final_backup"] = new(Protection.FinalSnapshot, IsOn, "switches the final backup off") { IsJudgedWhenNew = true },
        ["final_snapshot_identifier"] = new(Protection.FinalSnapshot, value => value.IsAbsent || value.Text == "", "takes away the final snapshot's name"),
        ["force_destroy"] = Forced,
        ["force_delete"] = Forced,
        ["force_overwrite_replica_secret"] = Forced,
        ["skip_destroy"] = new(Protection.Safeguard, IsOff, "lets a removal delete it again"),
        ["delete_automated_backups"] = new(Protection.Safeguard, IsOn, "lets a deletion take the automated backups along"),
        ["image_tag_mutability"] = new(Protection.Safeguard, value => value.Text?.StartsWith("MUTABLE", StringComparison.Ordinal) ?? true, "lets image tags be moved") { IsJudgedWhenNew = true },
        ["object_lock_enabled"] = Feature,
        ["mfa_delete"] = Feature,
        ["storage_encrypted"] = Feature,
        ["copy_tags_to_snapshot"] = new(Protection.Safeguard, IsOff, "leaves snapshots without tags") { Judgement = Judgement.Note },
        ["multi_az"] = new(Protection.Safeguard, IsOff, "takes away the standby") { Judgement = Judgement.Hold },
        ["enable_key_rotation"] = new(Protection.KeyRotation, IsOff, "switches key rotation off") { Judgement = Judgement.Hold },
        ["point_in_time_recovery_enabled"] = Feature,
        ["is_enabled"] = Feature,
    };

    private static readonly Safeguard Versioning =
        new(Protection.Safeguard, value => value.Text is not "Enabled", "stops keeping earlier versions of objects");

    public static Safeguard? Named(string name, string path, string type) => (type, name) switch
    {
        ("aws_s3_bucket_versioning", "status") => Versioning,
        ("aws_s3_bucket", "enabled") when path.StartsWith("versioning[", StringComparison.Ordinal) => Feature,
        ("aws_dynamodb_table", "enabled") when path.StartsWith("point_in_time_recovery[", StringComparison.Ordinal) => Feature,
        ("aws_kms_key" or "aws_kms_replica_key" or "aws_kms_external_key", "enabled") => Feature,
        ("aws_kms_key" or "aws_kms_external_key", "is_enabled") => Feature,
        ("aws_efs_backup_policy", "status") => new(Protection.Safeguard, value => value.Text is not "ENABLED", "stops backing the file system up"),
        (_, "is_enabled" or "enabled" or "status") => null,
        _ => ByName.GetValueOrDefault(name),
    };

    /// <summary>Taken out of the configuration is off as well.</summary>
    private static bool IsOff(JsonElement value) =>
        value.IsAbsent || value.ValueKind == JsonValueKind.False || value.Text is "false" or "Disabled" or "DISABLED" or "INACTIVE";

    private static bool IsOn(JsonElement value) => value.IsTrue || value.Text == "true";
}
