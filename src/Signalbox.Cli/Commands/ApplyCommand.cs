using System.CommandLine;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox apply ENV [PLAN]`: applies exactly the approved bytes.</summary>
internal sealed class ApplyCommand
{
    private readonly Invocation _invocation;
    private readonly EnvironmentChoice _choice;
    private readonly ApplyVerification _verification;

    private readonly Argument<string?> _plan = new("plan") { Description = "A sealed plan; the newest one made here when left out", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _approver = new("--approved-by") { Description = "Who approves this plan (or `SIGNALBOX_APPROVED_BY`)", HelpName = "name" };
    private readonly Option<string?> _digest = new("--digest") { Description = "The digest that was approved, in full", HelpName = "sha256" };

    private ApplyCommand(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _choice = new EnvironmentChoice(command, invocation);
        _approver.DefaultValueFactory = _ => invocation.Variables.GetValueOrDefault("SIGNALBOX_APPROVED_BY");
        _digest.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && PlanDigest.Parse(text) is null)
                result.AddError("--digest takes the 64 hexadecimal digits of a SHA-256");
        });
        command.Add(_plan);
        command.Add(_approver);
        command.Add(_digest);
        _verification = new ApplyVerification(command, invocation);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("apply", "Apply exactly the approved bytes of a sealed plan.");
        _ = new ApplyCommand(command, invocation);
        return command.WithExamples(
            "signalbox apply prod --approved-by ada",
            "signalbox apply prod prod.plan --approved-by ada --digest 3b0c…",
            "signalbox apply prod prod.plan --target aws --json");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await Open(parsed, cancellation)).Succeeded(out var plan, out var problems)
            || !(await _choice.Open(parsed, cancellation)).Succeeded(out var session, out problems)
            || !(await Apply(parsed, plan, session, cancellation)).Succeeded(out var report, out problems))
        {
            var code = _invocation.Refuse(parsed, problems);
            if (_invocation.Interruption.Token.IsCancellationRequested)
                return ExitCode.Interrupted;
            return problems.All(problem => problem.Rule == ApplyRules.NotApproved) ? ExitCode.WaitingForAPerson : code;
        }

        var verified = await _verification.Verify(parsed, session, plan, cancellation);
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => ApplyAnswer.Write(writer, plan, report, verified));
        else
            ApplyAnswer.Show(_invocation.Terminal, plan, report, verified);
        return verified is null || (verified.Succeeded(out var seen, out _) && seen.IsHealthy) ? ExitCode.Done : ExitCode.AppliedButVerificationFailed;
    }

    /// <summary>Opens the seal, and refuses a plan for elsewhere before anything else is asked or started.</summary>
    private async Task<Outcome<OpenedPlan>> Open(ParseResult parsed, CancellationToken cancellation)
    {
        var state = StateFolder.Of(_invocation);
        var (environment, target) = (parsed.GetRequiredValue(_choice.Name), _choice.TargetOf(parsed));
        var named = parsed.GetValue(_plan);
        var chosen = named is null ? PlanFile.Newest(state, environment, target.Word()) : Path.GetFullPath(named, _invocation.Folder);
        if (!chosen.Succeeded(out var path, out var problems))
            return new Outcome<OpenedPlan>.Failure(problems);
        if (!(await SealedPlan.Read(path, cancellation)).Succeeded(out var plan, out problems))
            return new Outcome<OpenedPlan>.Failure([.. problems, .. await NoPlan(path, problems, environment, target, cancellation)]);
        if (!(await PlanKey.Find(_invocation.Variables, state.PlanKey, cancellation)).Succeeded(out var key, out problems))
        {
            return new Outcome<OpenedPlan>.Failure(problems);
        }

        if (!plan.Open(key).Succeeded(out var opened, out problems))
            return new Outcome<OpenedPlan>.Failure([.. problems, .. await BrokenSeal.WriteDown(plan.Digest, problems, environment, target, _invocation, cancellation)]);

        return ApprovedPlan.ElsewhereProblem(opened.Manifest, environment, target) is { } elsewhere ? elsewhere : opened;
    }

    /// <summary>What cannot even be read was not tried.</summary>
    private async Task<ValueList<Diagnostic>> NoPlan(string path, ValueList<Diagnostic> problems, string environment, Target target, CancellationToken cancellation) =>
        problems.Any(problem => problem.Rule == SealedPlan.NotASealedPlan) && new FileInfo(path).Length <= SealedPlan.LargestFile
            ? await BrokenSeal.WriteDown(PlanDigest.Of(await File.ReadAllBytesAsync(path, cancellation)), problems, environment, target, _invocation, cancellation)
            : [];

    private async Task<Outcome<ApplyReport>> Apply(ParseResult parsed, OpenedPlan plan, DeliverySession session, CancellationToken cancellation)
    {
        if (!(await session.TakeLease(_invocation, $"applying plan {plan.Digest}", cancellation)).Succeeded(out var lease, out var problems))
            return new Outcome<ApplyReport>.Failure(problems);
        await using var held = lease;
        if (await LeftLock.MakeWay(_invocation, session, cancellation) is { Count: > 0 } inTheWay)
            return new Outcome<ApplyReport>.Failure(inTheWay);
        if (!(await new PlanApproval(_invocation, session).Judge(plan, ApprovalFrom(parsed, plan), cancellation)).Succeeded(out var judgement, out problems))
            return new Outcome<ApplyReport>.Failure(problems);
        var request = new ApplyRequest(
            session.Environment.Name.Text, session.Access.Target, session.Access.Account, session.Checkout, judgement, session.Environment.Approval.Required, lease.Token, session.State.Journals, session.Origin);
        var applier = session.Applier(_invocation.Clock);
        if (judgement.Approval is not null || !session.Environment.Approval.Required)
            await _verification.TakeBaseline(parsed, session, plan, cancellation);
        await using var progress = _invocation.Terminal.Progress($"applying {plan.Digest} to {session.Environment.Name} in {session.Access.Target.Word()}");
        var show = new DeliveryProgress(_invocation.Terminal, progress);
        var outcome = await applier.Apply(plan, request, show.Show, _invocation.Interruption.ForChildren);
        if (lease.WasLost)
            _invocation.Terminal.Report([lease.LostProblem]);
        return outcome;
    }

    private Approval? ApprovalFrom(ParseResult parsed, OpenedPlan plan)
    {
        if (parsed.GetValue(_approver) is not { Length: > 0 } approver)
            return null;
        var digest = parsed.GetValue(_digest) is { } text ? PlanDigest.Parse(text) : null;
        return new Approval(digest ?? plan.Digest, approver, _invocation.Clock.GetUtcNow());
    }
}
