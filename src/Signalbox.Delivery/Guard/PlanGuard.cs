using Signalbox.Delivery.Guard.Rules;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard;

/// <summary>Judges one resource change. Pure: the same change and policy always give the same findings.</summary>
internal delegate IEnumerable<Finding> ResourceJudge(ResourceChange change, GuardPolicy policy);

/// <summary>Every judge of the guard, and every rule they may cite.</summary>
public static class PlanGuard
{
    private static readonly ValueList<ResourceJudge> Judges =
    [
        StatefulLoss.Judge,
        Deletion.Judge,
        Protection.Judge,
        Retention.Judge,
        ImageReferences.Judge,
        Permissions.Judge,
        WorldOpenings.Judge,
        PublicExposure.Judge,
    ];

    /// <summary>All rules of the guard, by code.</summary>
    public static ValueList<Rule> Rules { get; } =
    [
        .. new[]
        {
            StatefulLoss.Rules, Deletion.Rules, Protection.Rules, Retention.Rules, ImageReferences.Rules,
            Permissions.Rules, WorldOpenings.Rules, PublicExposure.Rules, WholePlan.Rules,
        }.SelectMany(rules => rules).OrderBy(rule => rule.Code, StringComparer.Ordinal),
    ];

    internal static IEnumerable<Finding> Judge(ResourceChange change, GuardPolicy policy) =>
        Judges.SelectMany(judge => judge(change, policy));

    internal static IEnumerable<Finding> JudgeWhole(PlanSummary summary) => WholePlan.Judge(summary);

    /// <summary>The strongest first, then by address and rule, without repetitions; so the same plan always reads the same.</summary>
    internal static ValueList<Finding> InOrder(IEnumerable<Finding> findings) =>
    [
        .. findings
            .Distinct()
            .OrderByDescending(finding => finding.Judgement)
            .ThenBy(finding => finding.Address, StringComparer.Ordinal)
            .ThenBy(finding => finding.Rule.Code, StringComparer.Ordinal)
            .ThenBy(finding => finding.Message, StringComparer.Ordinal),
    ];
}
