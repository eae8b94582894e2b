using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>Who applies what, where.</summary>
/// <param name="ApprovalRequired">What signalbox.yml says.</param>
public sealed record ApplyRequest(string Environment, Target Target, string Account, Checkout Checkout, bool ApprovalRequired);

/// <summary>Applies a sealed plan if it is approved and everything it was made from is still so.</summary>
public sealed class Applier(ITerraform terraform, ApplyLog log, TimeProvider clock)
{
    public async Task<Outcome<ApplyReport>> Apply(
        OpenedPlan plan, Approval? approval, ApplyRequest request, Action<TerraformEvent> onEvent, CancellationToken interrupt)
    {
        if (!(await terraform.Initialise(onEvent, interrupt)).Succeeded(out _, out var problems)
            || !(await terraform.Configuration(interrupt)).Succeeded(out var configuration, out problems))
        {
            return new Outcome<ApplyReport>.Failure(problems);
        }

        var now = new ApplyCircumstances(
            request.Environment, request.Target, request.Account, request.Checkout.Commit,
            terraform.Program, configuration, clock.GetUtcNow(), request.ApprovalRequired);
        return ApprovedPlan.Bind(plan, approval, now).Succeeded(out var approved, out problems)
            ? await Apply(approved, onEvent, interrupt)
            : new Outcome<ApplyReport>.Failure(problems);
    }

    private async Task<Outcome<ApplyReport>> Apply(ApprovedPlan plan, Action<TerraformEvent> onEvent, CancellationToken interrupt)
    {
        var started = clock.GetTimestamp();
        await log.Append(Entry(plan, "applying", TimeSpan.Zero), interrupt);
        var outcome = await terraform.Apply(plan, onEvent, interrupt);
        var succeeded = outcome.Succeeded(out _, out var problems);
        // The apply has happened: an interrupt must not keep it out of the log.
        await log.Append(Entry(plan, succeeded ? "applied" : "failed", clock.GetElapsedTime(started)), CancellationToken.None);
        return succeeded ? outcome : new Outcome<ApplyReport>.Failure([.. await WithHistory(plan, problems!)]);
    }

    /// <summary>A stale plan is explained by whatever this checkout applied since.</summary>
    private async Task<IEnumerable<Diagnostic>> WithHistory(ApprovedPlan plan, ValueList<Diagnostic> problems)
    {
        var manifest = plan.Plan.Manifest;
        var since = await log.AppliedSince(manifest.Environment, manifest.Target, manifest.CreatedAt, CancellationToken.None);
        var others = since.Where(entry => entry.Digest != plan.Plan.Digest.Hex).ToArray();
        return others.Length == 0
            ? problems
            : problems.Select(problem => problem.Rule.Code == StalePlanCode
                ? problem with { Message = $"{problem.Message}; written since by {string.Join(", ", others.Select(Told))}" }
                : problem);
    }

    /// <summary>Terraform's edge says that a plan is stale with this code.</summary>
    private const string StalePlanCode = "SB4009";

    private static string Told(ApplyLogEntry entry) =>
        $"plan {entry.Digest[..12]} ({entry.Event} {entry.At.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z, approved by {entry.Approver ?? "nobody"})";

    private ApplyLogEntry Entry(ApprovedPlan approved, string happened, TimeSpan elapsed)
    {
        var manifest = approved.Plan.Manifest;
        return new ApplyLogEntry(
            clock.GetUtcNow(), happened, manifest.Environment, manifest.Target, manifest.Account, approved.Plan.Digest.Hex,
            approved.Approval?.Approver, manifest.Commit, manifest.StateSerial, Math.Round(elapsed.TotalSeconds, 1));
    }
}
