using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>Judges the plan as a whole.</summary>
internal static class WholePlan
{
    public static readonly Rule Errored = new("SB3160", Severity.Error, "planning ended with an error");
    public static readonly Rule Incomplete = new("SB3161", Severity.Warning, "the plan is incomplete");

    private const string Address = "plan";

    public static ValueList<Rule> Rules { get; } = [Errored, Incomplete];

    public static IEnumerable<Finding> Judge(PlanSummary summary)
    {
        if (summary.Errored)
        {
            yield return new(
                Errored, Judgement.Deny, Address, "planning ended with an error, so this shows only part of what would happen",
                "mend what Terraform complains of and plan again");
        }
        else if (!summary.Complete)
        {
            yield return new(
                Incomplete, Judgement.Hold, Address, "Terraform says that another plan will be needed after this one",
                "plan without `-target`, or approve knowing that something remains to be done");
        }
    }
}
