using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>What keeps a resource from being lost by mistake must not be switched off by the same pipeline that could lose it.</summary>
internal static class Protection
{
    public static readonly Rule DeletionProtection = new("SB3110", Severity.Error, "deletion protection would be off");
    public static readonly Rule FinalSnapshot = new("SB3111", Severity.Error, "the final snapshot would be off");
    public static readonly Rule ForcedDeletion = new("SB3112", Severity.Error, "deleting would take the contents along");
    public static readonly Rule Safeguard = new("SB3113", Severity.Error, "a safeguard of data would be weakened");
    public static readonly Rule KeyRotation = new("SB3114", Severity.Warning, "key rotation would be off");

    private const string Elsewhere = "leave it as it is; whoever must weaken it does so outside this pipeline";

    public static ValueList<Rule> Rules { get; } = [DeletionProtection, FinalSnapshot, ForcedDeletion, Safeguard, KeyRotation];

    public static IEnumerable<Finding> Judge(ResourceChange change, GuardPolicy policy)
    {
        if (!change.Leaves)
            return [];
        var isNew = change.Action == PlannedAction.Create;
        var isStateful = StatefulTypes.Protects(change, policy);
        return change.Differences.SelectMany(difference => JudgeOne(change, difference, isNew, isStateful));
    }

    private static IEnumerable<Finding> JudgeOne(ResourceChange change, Difference difference, bool isNew, bool isStateful)
    {
        if (Safeguards.Named(difference.Name, difference.Path, change.Type) is not { } safeguard)
            yield break;

        if (!isNew && difference.Unknown.IsTrue)
        {
            if (!difference.Before.IsAbsent && !safeguard.IsWeak(difference.Before))
            {
                yield return change.Holds(
                    safeguard.Rule, $"`{difference.Path}` is only known after the apply and may be weaker then", "set it to a literal value");
            }
        }
        else if (isNew ? IsBornWeak(safeguard, difference) : HasWeakened(safeguard, difference))
        {
            var judgement = safeguard.Judgement == Judgement.Deny && isNew && safeguard.Rule != ForcedDeletion ? Judgement.Hold : safeguard.Judgement;
            if (!isNew || isStateful)
                yield return change.Found(safeguard.Rule, judgement, $"`{difference.Path}` {safeguard.Weakened}", Elsewhere);
        }
    }

    private static bool HasWeakened(Safeguard safeguard, Difference difference) =>
        safeguard.IsWeak(difference.After) && !safeguard.IsWeak(difference.Before);

    /// <summary>A new resource is only blamed for what its configuration says, not for a default.</summary>
    private static bool IsBornWeak(Safeguard safeguard, Difference difference) =>
        safeguard.IsJudgedWhenNew && !difference.After.IsAbsent && safeguard.IsWeak(difference.After);
}
