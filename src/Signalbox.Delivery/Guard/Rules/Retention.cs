using System.Collections.Frozen;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>How long backups, logs and deleted things are kept may grow, never shrink.</summary>
internal static class Retention
{
    public static readonly Rule Shrunk = new("SB3120", Severity.Error, "retention or backup would shrink");
    public static readonly Rule Expiry = new("SB3121", Severity.Warning, "objects would begin to expire");

    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
    [
        "backup_retention_period", "retention_in_days", "deletion_window_in_days", "recovery_window_in_days",
        "snapshot_retention_limit", "automated_snapshot_retention_period", "manual_snapshot_retention_period",
        "automatic_backup_retention_days", "retention_period", "message_retention_seconds", "retention_days",
        "soft_delete_retention_days", "soft_delete_retention_in_days", "backup_retention_days", "transaction_log_retention_days",
        "log_retention_in_days", "recovery_period_in_days", "min_retention_days", "snapshot_retention_period",
        "data_retention_in_hours", "retained_backups", "message_retention_duration", "point_in_time_recovery_days",
        "backtrack_window", "delete_after", "countNumber",
    ], StringComparer.Ordinal);

    public static ValueList<Rule> Rules { get; } = [Shrunk, Expiry];

    public static IEnumerable<Finding> Judge(ResourceChange change, GuardPolicy policy)
    {
        if (change.Action == PlannedAction.Create)
            return NewExpiry(change);
        return change.Leaves ? change.Differences.SelectMany(difference => JudgeOne(change, difference)) : [];
    }

    private static IEnumerable<Finding> JudgeOne(ResourceChange change, Difference difference)
    {
        var isExpiry = IsExpiry(change, difference);
        if (!isExpiry && !Names.Contains(difference.Name) && !IsObjectLock(change, difference))
            yield break;

        var (before, after) = (Kept(change, difference.Name, difference.Before.Number), Kept(change, difference.Name, difference.After.Number));
        if (difference.Unknown.IsTrue)
        {
            yield return change.Holds(Shrunk, $"`{difference.Path}` is only known after the apply and may be shorter then", "set it to a literal value");
        }
        else if (isExpiry && before is null && after is not null)
        {
            yield return change.Holds(Expiry, $"`{difference.Path}` makes objects expire after {after}", "approve only if older objects may be deleted");
        }
        else if (before is not null && (after is null ? !isExpiry : after < before))
        {
            yield return change.Denies(
                Shrunk,
                $"`{difference.Path}` would shrink from {before:0.##} to {(after is null ? "nothing" : $"{after:0.##}")}",
                "keep at least what is kept today; whoever must shorten it does so outside this pipeline");
        }
    }

    /// <summary>CloudWatch says 0 for ever.</summary>
    private static decimal? Kept(ResourceChange change, string name, decimal? number) =>
        number == 0 && name == "retention_in_days" && change.Type == "aws_cloudwatch_log_group" ? decimal.MaxValue : number;

    private static bool IsExpiry(ResourceChange change, Difference difference) =>
        change.Type is "aws_s3_bucket_lifecycle_configuration" or "aws_s3_bucket"
        && difference.Name is "days" or "noncurrent_days" or "newer_noncurrent_versions"
        && difference.Path.Contains("expiration", StringComparison.Ordinal);

    private static bool IsObjectLock(ResourceChange change, Difference difference) =>
        change.Type is "aws_s3_bucket_object_lock_configuration" && difference.Name is "days" or "years";

    /// <summary>A bucket whose name is known before the apply is there already, so a first lifecycle meets old objects.</summary>
    private static IEnumerable<Finding> NewExpiry(ResourceChange change) =>
        change.Type == "aws_s3_bucket_lifecycle_configuration" && change.After.Member("bucket").Text is not null
            ? change.Differences.Where(difference => IsExpiry(change, difference)).SelectMany(difference => JudgeOne(change, difference))
            : [];
}
