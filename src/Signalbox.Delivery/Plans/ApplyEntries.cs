using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>What the register is told of one apply. Each answers with why it could not be told; nothing when it was.</summary>
internal sealed class ApplyEntries(IRegister register, NoteOrigin origin, long leaseToken)
{
    /// <summary>
    /// Once this is written, Terraform may start. A movement is said to be begun before its apply is: whatever is killed in
    /// between, the next movement knows that the open apply is one that it may finish.
    /// </summary>
    public async Task<ValueList<Diagnostic>> Begin(ApprovedPlan plan, CancellationToken cancellation)
    {
        if (plan.Approval is { IsKept: false, BreaksGlass: false } approval && await Append(Approved(plan.Plan, approval), cancellation) is { Count: > 0 } problems)
            return problems;
        if (await Moved(plan.Plan, MovementNotes.Begun, cancellation) is { Count: > 0 } unsaid)
            return unsaid;
        return await Append(
            Note(EntryKind.Applying, plan.Plan) with
            {
                Facts =
                [
                    new(DeliveryRules.ApprovalFact, plan.Approval is { } given ? $"{(given.BreaksGlass ? DeliveryRules.BreakGlass : "")}{given.Approver}" : DeliveryRules.NotRequired),
                    new("lease", leaseToken.ToString()),
                    new("account", plan.Plan.Manifest.Account),
                    new("machine", System.Environment.MachineName),
                    new("state_serial", plan.Plan.Manifest.StateSerial.ToString()),
                    .. plan.Approval is { Signers: { } signers } ? (RegisterFact[])[new(DeliveryRules.SignersFact, signers)] : [],
                    .. plan.Approval is { CarriedFrom: { Count: > 0 } carried } ? (RegisterFact[])[new(DeliveryRules.ApprovedAsFact, string.Join(' ', carried.Select(digest => digest.Hex)))] : [],
                ],
            },
            cancellation);
    }

    /// <summary>The apply has happened: nothing may keep it out of the register.</summary>
    public async Task<ValueList<Diagnostic>> End(ApprovedPlan plan, Outcome<ApplyReport> outcome, TimeSpan elapsed)
    {
        var succeeded = outcome.Succeeded(out var report, out var problems);
        var unwritten = await Append(
            succeeded
                ? Note(EntryKind.Applied, plan.Plan) with { Duration = elapsed, Outcome = "applied", Facts = Counts(report!.Totals) }
                : Note(EntryKind.Failed, plan.Plan) with { Duration = elapsed, Outcome = Said(problems!) },
            CancellationToken.None);
        return [.. unwritten, .. await Moved(plan.Plan, succeeded ? MovementNotes.Done : MovementNotes.Stopped, CancellationToken.None)];
    }

    /// <summary>A park or an unpark has entries of its own: what must come back, and what is no longer billed.</summary>
    private async Task<ValueList<Diagnostic>> Moved(OpenedPlan plan, string outcome, CancellationToken cancellation) =>
        plan.Manifest.Movement is { } movement
            ? await Append(MovementNotes.Of(Note(EntryKind.Applying, plan), movement, outcome), cancellation)
            : [];

    public Task<ValueList<Diagnostic>> Refused(OpenedPlan plan, ValueList<Diagnostic> problems, CancellationToken cancellation) =>
        Append(Note(EntryKind.Rejected, plan) with { Outcome = Said(problems) }, cancellation);

    /// <summary>Who wrote the environment's state after a plan was made, in words.</summary>
    public static async Task<IReadOnlyList<string>> WrittenSince(IRegister register, OpenedPlan plan)
    {
        var writers = new List<string>();
        var approvers = new Dictionary<PlanDigest, string>();
        await foreach (var entry in register.Read(CancellationToken.None))
        {
            var note = entry.Note;
            if (note.Plan is not { } digest || digest == plan.Digest || note.Environment != plan.Manifest.Environment || note.Target != plan.Manifest.KnownTarget)
                continue;
            if (note.Kind is EntryKind.Approved or EntryKind.BrokeGlass)
                approvers[digest] = note.Actor.Name;
            if (note.Kind is EntryKind.Applied or EntryKind.Failed && entry.At > plan.Manifest.CreatedAt)
                writers.Add($"plan {digest} ({note.Kind.Word()} {entry.At:yyyy-MM-dd HH:mm:ss}Z, approved by {approvers.GetValueOrDefault(digest, "nobody")})");
        }

        return writers;
    }

    private RegisterNote Approved(OpenedPlan plan, Approval approval) =>
        Note(EntryKind.Approved, plan) with { Actor = new Actor(approval.Approver, approval.Strength.Evidence()) };

    private RegisterNote Note(EntryKind kind, OpenedPlan plan) => origin.Note(kind) with
    {
        Plan = plan.Digest,
        Commit = plan.Manifest.Commit,
        Findings = [.. plan.Manifest.Findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal)],
    };

    private async Task<ValueList<Diagnostic>> Append(RegisterNote note, CancellationToken cancellation) =>
        (await register.Append(note, cancellation)).Succeeded(out _, out var problems) ? [] : problems;

    private static ValueList<RegisterFact> Counts(TerraformEvent.Summary totals) =>
    [
        new("added", totals.Added.ToString()),
        new("changed", totals.Changed.ToString()),
        new("removed", totals.Removed.ToString()),
    ];

    /// <summary>Codes first: they are what people search for.</summary>
    private static string Said(ValueList<Diagnostic> problems) =>
        string.Join("; ", problems.Select(problem => $"{problem.Rule.Code} {problem.Rule.Title}").Distinct(StringComparer.Ordinal));
}
