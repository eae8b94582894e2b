using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Recovery;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>Who applies what, where.</summary>
/// <param name="Judgement">What the environment's policy says of the approvals there are.</param>
/// <param name="ApprovalRequired">What signalbox.yml says.</param>
/// <param name="LeaseToken">The fencing token of the lease under which it happens.</param>
/// <param name="JournalFolder">Where what Terraform does is journalled, for `recover`.</param>
/// <param name="Origin">What the register's entries about it have in common.</param>
public sealed record ApplyRequest(string Environment, Target Target, string Account, Checkout Checkout, ApprovalJudgement Judgement, bool ApprovalRequired, long LeaseToken, string JournalFolder, NoteOrigin Origin);

/// <summary>Applies a sealed plan if it is approved and everything it was made from is still so.</summary>
public sealed class Applier(ITerraform terraform, IServiceDrain drain, IRegister register, TimeProvider clock)
{
    public async Task<Outcome<ApplyReport>> Apply(
        OpenedPlan plan, ApplyRequest request, Action<TerraformEvent> onEvent, CancellationToken interrupt)
    {
        if (!(await terraform.Initialise(onEvent, interrupt)).Succeeded(out _, out var problems)
            || !(await terraform.Configuration(interrupt)).Succeeded(out var configuration, out problems))
        {
            return new Outcome<ApplyReport>.Failure(problems);
        }

        var now = new ApplyCircumstances(
            request.Environment, request.Target, request.Account, request.Checkout.Commit,
            terraform.Program, configuration, clock.GetUtcNow(), request.ApprovalRequired)
        {
            Lacking = request.Judgement.Lacking,
            Objections = request.Judgement.Objections,
        };
        var entries = new ApplyEntries(register, request.Origin, request.LeaseToken);
        if (ApprovedPlan.Bind(plan, request.Judgement.Approval, now).Succeeded(out var approved, out problems))
            return await Apply(approved, entries, request.JournalFolder, onEvent, interrupt);
        return new Outcome<ApplyReport>.Failure([.. problems, .. await entries.Refused(plan, problems, interrupt)]);
    }

    private async Task<Outcome<ApplyReport>> Apply(ApprovedPlan plan, ApplyEntries entries, string journalFolder, Action<TerraformEvent> onEvent, CancellationToken interrupt)
    {
        var started = clock.GetTimestamp();
        if (await entries.Begin(plan, interrupt) is { Count: > 0 } unwritten)
            return new Outcome<ApplyReport>.Failure(unwritten);
        using var journal = ApplyJournal.Begin(journalFolder, plan.Plan.Digest);
        var record = ApplyJournal.RecordOf(journalFolder, plan.Plan.Digest);
        var outcome = await DrainAndApply(plan, record, happened => Take(happened, journal, onEvent), interrupt);
        if (await entries.End(plan, outcome, clock.GetElapsedTime(started)) is { Count: > 0 } unsaid)
            return new Outcome<ApplyReport>.Failure(outcome is Outcome<ApplyReport>.Failure failed ? [.. failed.Problems, .. unsaid] : unsaid);
        File.Delete(record); // all of it is in the journal, and nobody needs what else Terraform says
        return outcome.Succeeded(out _, out var problems) ? outcome : new Outcome<ApplyReport>.Failure(await WithHistory(plan, problems));
    }

    /// <summary>The register knows by now that a park has begun: whatever stops it here, the next movement takes it up.</summary>
    private async Task<Outcome<ApplyReport>> DrainAndApply(ApprovedPlan plan, string record, Action<TerraformEvent> onEvent, CancellationToken interrupt)
    {
        if (plan.Plan.Manifest.Movement?.Drained is { Count: > 0 } services && !(await drain.Drain(services, onEvent, interrupt)).Succeeded(out _, out var problems))
            return new Outcome<ApplyReport>.Failure(problems);
        return await terraform.Apply(plan, record, onEvent, interrupt);
    }

    private static void Take(TerraformEvent happened, ApplyJournal journal, Action<TerraformEvent> onEvent)
    {
        journal.Take(happened);
        onEvent(happened);
    }

    /// <summary>A stale plan is explained by whatever the register knows to have written the state since.</summary>
    private async Task<ValueList<Diagnostic>> WithHistory(ApprovedPlan plan, ValueList<Diagnostic> problems)
    {
        if (!problems.Any(problem => problem.Rule.Code == StalePlanCode))
            return problems;
        var others = await ApplyEntries.WrittenSince(register, plan.Plan);
        return others.Count == 0
            ? problems
            : [.. problems.Select(problem => problem.Rule.Code == StalePlanCode ? problem with { Message = $"{problem.Message}; written since by {string.Join(", ", others)}" } : problem)];
    }

    /// <summary>Terraform's edge says that a plan is stale with this code.</summary>
    private const string StalePlanCode = "SB4009";
}
