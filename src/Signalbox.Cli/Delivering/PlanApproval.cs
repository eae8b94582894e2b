using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Git;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Ssh;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Cli.Delivering;

/// <summary>Gathers who approved a plan, and asks the environment's policy whether that is enough.</summary>
internal sealed class PlanApproval(Invocation invocation, DeliverySession session)
{
    /// <param name="named">The name given with `--approved-by`; null when there is none.</param>
    public async Task<Outcome<ApprovalJudgement>> Judge(OpenedPlan plan, Approval? named, CancellationToken cancellation)
    {
        var (policy, runner) = (session.Environment.Approval, new ProcessRunner(invocation.Clock));
        var entries = await About(policy.ApprovedAs(plan), cancellation);
        var approvals = entries.Where(entry => entry.Note.Kind is EntryKind.Approved or EntryKind.BrokeGlass).ToArray();
        BaseFile? signers = null;
        if (policy.AllowedSigners is { } file && approvals.Any(entry => ApprovalStatement.Of(entry) is not null))
        {
            if (!(await GitBase.Read(session.State.RepositoryFolder, policy.Base, file, invocation.Variables, runner, cancellation)).Succeeded(out signers, out var problems))
                return new Outcome<ApprovalJudgement>.Failure(problems);
        }

        var offered = await Hold(plan, entries, cancellation) ?? named;
        var desk = new ApprovalDesk(new SshSignatures(runner, invocation.Variables), policy, session.Access.Target);
        var judgement = await desk.Judge(plan, approvals, offered, signers?.Text, invocation.Clock.GetUtcNow(), cancellation);
        invocation.Terminal.Report(judgement.Remarks);
        return judgement with { Approval = judgement.Approval is { } approval ? approval with { Signers = signers?.Revision } : null };
    }

    private async Task<IReadOnlyList<RegisterEntry>> About(IReadOnlySet<PlanDigest> plans, CancellationToken cancellation)
    {
        var entries = new List<RegisterEntry>();
        await foreach (var entry in session.Register.Read(cancellation))
        {
            if (entry.Note.Plan is { } plan && plans.Contains(plan))
                entries.Add(entry);
        }

        return entries;
    }

    /// <summary>A run's approval is for the plan that the same run made, and for no other.</summary>
    private async Task<Approval?> Hold(OpenedPlan plan, IReadOnlyList<RegisterEntry> entries, CancellationToken cancellation)
    {
        if (session.Origin.Run is not { } run || !entries.Any(entry => entry.Note.Kind == EntryKind.Planned && entry.Note.Plan == plan.Digest && entry.Note.Run == run))
            return null;
        if (await HoldApproval.Read(invocation.Variables, cancellation) is not { } answer)
            return null;
        if (answer.Succeeded(out var approver, out var problems))
            return new Approval(plan.Digest, approver, invocation.Clock.GetUtcNow(), ApprovalStrength.Hold);
        invocation.Terminal.Report(problems);
        return null;
    }
}
