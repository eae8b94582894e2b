using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>The plan that a new one shall be like, its seal checked; it may be stale or expired, which is why another is made.</summary>
/// <param name="Plan">Null when the new plan shall be like none.</param>
internal sealed record EarlierPlan(OpenedPlan? Plan)
{
    public static async Task<Outcome<EarlierPlan>> Open(Invocation invocation, string? path, string environment, Target target, CancellationToken cancellation)
    {
        if (path is null)
            return new EarlierPlan(Plan: null);
        if (!(await SealedPlan.Read(path, cancellation)).Succeeded(out var plan, out var problems)
            || !(await PlanKey.Find(invocation.Variables, StateFolder.Of(invocation).PlanKey, cancellation)).Succeeded(out var key, out problems)
            || !plan.Open(key).Succeeded(out var opened, out problems))
        {
            return new Outcome<EarlierPlan>.Failure(problems);
        }

        return PlanLikeness.Problem(opened, environment, target) is { } problem ? problem : new EarlierPlan(opened);
    }
}
