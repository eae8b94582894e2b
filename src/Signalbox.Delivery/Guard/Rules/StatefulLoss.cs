using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>
/// Nothing stateful is ever lost by a plan, whatever the reason: a block taken out of the configuration carries no
/// `prevent_destroy` any more, and is caught here all the same.
/// </summary>
internal static class StatefulLoss
{
    public static readonly Rule Deleted = new("SB3101", Severity.Error, "a stateful resource would be deleted");
    public static readonly Rule Replaced = new("SB3102", Severity.Error, "a stateful resource would be replaced");
    public static readonly Rule Forgotten = new("SB3103", Severity.Error, "a stateful resource would be forgotten");

    public static ValueList<Rule> Rules { get; } = [Deleted, Replaced, Forgotten];

    public static IEnumerable<Finding> Judge(ResourceChange change, GuardPolicy policy)
    {
        if (!StatefulTypes.Protects(change, policy))
            yield break;

        if (change.Action == PlannedAction.Delete)
        {
            yield return change.Denies(
                Deleted,
                $"stateful `{change.Type}` would be deleted{(Why(change) is { } why ? $", {why}" : "")}",
                "put its block back; to retire it for good, back up its data and remove it outside this pipeline");
        }
        else if (change.Action == PlannedAction.Replace)
        {
            yield return change.Denies(
                Replaced,
                $"stateful `{change.Type}` would be replaced, and what it holds lost{Cause(change)}",
                "revert the attribute that forces replacement, or build the new one beside it and move the data");
        }
        else if (change.Action == PlannedAction.Forget)
        {
            yield return change.Denies(
                Forgotten,
                $"stateful `{change.Type}` would be removed from the state and no longer be managed or protected",
                "take out the `removed` block, or `moved` it to its new address");
        }
    }

    /// <summary>Terraform's reason in a few words, where it adds something.</summary>
    public static string? Why(ResourceChange change) =>
        change.Deposed is not null ? "as the leftover of an earlier replacement" : ActionReasons.Words(change.Reason);

    private static string Cause(ResourceChange change)
    {
        var paths = change.Differences.Where(difference => difference.ForcesReplacement).Select(difference => $"`{difference.Path}`").Take(3).ToList();
        return paths.Count > 0 ? $" (forced by {string.Join(", ", paths)})" : Why(change) is { } why ? $" ({why})" : "";
    }
}
