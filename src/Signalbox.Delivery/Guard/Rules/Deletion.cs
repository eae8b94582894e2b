using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>Any deletion is a person's decision, also of what is not stateful; a replacement deletes too.</summary>
internal static class Deletion
{
    public static readonly Rule Deleted = new("SB3104", Severity.Warning, "a resource would be deleted");
    public static readonly Rule Replaced = new("SB3105", Severity.Warning, "a resource would be replaced");
    public static readonly Rule Forgotten = new("SB3106", Severity.Warning, "a resource would be forgotten");

    public static ValueList<Rule> Rules { get; } = [Deleted, Replaced, Forgotten];

    public static IEnumerable<Finding> Judge(ResourceChange change, GuardPolicy policy)
    {
        if (StatefulTypes.Protects(change, policy))
            yield break;

        if (change.Action == PlannedAction.Delete)
        {
            yield return change.Holds(
                Deleted,
                $"`{change.Type}` would be deleted{(StatefulLoss.Why(change) is { } why ? $", {why}" : "")}",
                "approve only if it is meant to go");
        }
        else if (change.Action == PlannedAction.Replace)
        {
            yield return change.Holds(
                Replaced,
                change.CreatesFirst
                    ? $"`{change.Type}` would be replaced; the new one is created before the old one goes"
                    : $"`{change.Type}` would be replaced; it is gone until the new one is there",
                "approve only if the interruption is acceptable now");
        }
        else if (change.Action == PlannedAction.Forget)
        {
            yield return change.Holds(
                Forgotten,
                $"`{change.Type}` would be removed from the state and go on existing, unmanaged",
                "approve only if something else manages it from now on");
        }
    }
}
