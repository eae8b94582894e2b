using System.CommandLine;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Parking.Prices;
using Signalbox.Delivery.Parking.Savings;
using Signalbox.Delivery.Parking.Schedules;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register.Leases;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox park ENV` and `signalbox unpark ENV`: a sealed plan under the park guard, then the same apply as any.</summary>
internal sealed class ParkCommand
{
    private static readonly Rule NoSchedule = new("SB3362", Severity.Error, "The environment has no schedule");

    private readonly Invocation _invocation;
    private readonly EnvironmentChoice _choice;
    private readonly EndpointLooks _looks;
    private readonly ParkState _to;

    private readonly Option<bool> _planOnly = new("--plan-only") { Description = "Make and show the plan, and stop before applying" };
    private readonly Option<bool> _ifDue = new("--if-due");
    private readonly Option<string?> _out = new("--out") { Description = "Where to keep the sealed plan", HelpName = "file" };

    private ParkCommand(Command command, Invocation invocation, ParkState to)
    {
        (_invocation, _to) = (invocation, to);
        _choice = new EnvironmentChoice(command, invocation);
        _looks = new EndpointLooks(invocation);
        _ifDue.Description = $"Do nothing unless the schedule wants it {to.Word()} now";
        command.Add(_planOnly);
        command.Add(_ifDue);
        command.Add(_out);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation, ParkState to)
    {
        var command = new Command(to.Verb(), to == ParkState.Parked
            ? "Switch off what costs by the hour, and keep everything stateful."
            : "Bring back exactly what was parked.");
        _ = new ParkCommand(command, invocation, to);
        return command.WithExamples(
            $"signalbox {to.Verb()} prod",
            $"signalbox {to.Verb()} prod --plan-only",
            $"signalbox {to.Verb()} prod --if-due --target aws");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        ValueList<Diagnostic>? problems;
        if (parsed.GetValue(_ifDue))
        {
            if (!(await Due(parsed, cancellation)).Succeeded(out var due, out problems))
                return _invocation.Refuse(parsed, problems);
            if (!due.IsDue)
                return NotDue(parsed, due);
        }

        if (!(await _choice.Open(parsed, cancellation)).Succeeded(out var session, out problems)
            || !(await PlanKey.FindOrCreate(_invocation.Variables, session.State.PlanKey, cancellation)).Succeeded(out var key, out problems)
            || !(await session.TakeLeaseToRecover(_invocation, $"{_to.Verb()}ing", cancellation)).Succeeded(out var lease, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        await using var held = lease; // for the plan and the apply: nobody comes in between
        return await Run(parsed, session, key, lease, cancellation);
    }

    private async Task<int> Run(ParseResult parsed, DeliverySession session, PlanKey key, EnvironmentLease lease, CancellationToken cancellation)
    {
        if (!(await CutShortMovement.MakeWay(_invocation, session, cancellation)).Succeeded(out var earlier, out var problems)
            || !(await Plan(session, key, earlier.History, cancellation)).Succeeded(out var planned, out problems)
            || !(await PlanFile.Keep(planned.Plan, session.State, OutPath(parsed), cancellation)).Succeeded(out var file, out problems)
            || !planned.Plan.Open(key).Succeeded(out var opened, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        var verdict = planned.Reading.Findings.Verdict();
        var isHeld = verdict == Judgement.Hold || session.Environment.ParkingApprovalRequired;
        if (isHeld || verdict == Judgement.Deny || parsed.GetValue(_planOnly))
            return Stop(parsed, session, planned, file, isHeld);
        if (!planned.Reading.Applyable)
        {
            _invocation.Terminal.Report(await earlier.Conclude(session, opened, cancellation));
            return await VerifyAndAnswer(parsed, session, opened, report: null, cancellation);
        }

        if (!(await Apply(session, opened, lease, cancellation)).Succeeded(out var report, out problems))
            return Failed(parsed, problems);
        return await VerifyAndAnswer(parsed, session, opened, report, cancellation);
    }

    /// <param name="report">Null when there was nothing to do: a verification that failed then fails again.</param>
    private async Task<int> VerifyAndAnswer(ParseResult parsed, DeliverySession session, OpenedPlan plan, ApplyReport? report, CancellationToken cancellation)
    {
        var since = _invocation.Clock.GetTimestamp();
        var verified = session.Environment.Endpoints.Count == 0 ? null : await _looks.Verify(session, plan, cancellation);
        var answer = new ParkAnswer(session.Environment.Name.Text, _to, plan, report, verified, (report?.Elapsed ?? default) + _invocation.Clock.GetElapsedTime(since));
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(answer.Write);
        else
            answer.Show(_invocation.Terminal);
        return verified is null || answer.IsVerified ? ExitCode.Done : ExitCode.AppliedButVerificationFailed;
    }

    /// <summary>Asked every few minutes, so it starts neither Terraform nor the account.</summary>
    private async Task<Outcome<DueMovement>> Due(ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(_choice.Name);
        if (!(await ParkingBook.Open(_invocation, name, _choice.TargetOf(parsed), cancellation)).Succeeded(out var book, out var problems))
            return new Outcome<DueMovement>.Failure(problems);
        if (book.Environment.Schedule is not { } schedule)
            return NoSchedule.Without($"signalbox.yml gives `{name}` no `parking.schedule`", "write one, or leave `--if-due` away");
        var due = DueMovement.Of(_to, schedule, book.History.KeptAwake, _invocation.Clock.GetUtcNow());
        return due.IsDue && book.History is { Last.To: var last, Interrupted: null } && last == _to
            ? new DueMovement(false, $"it is {_to.Word()} already")
            : due;
    }

    private int NotDue(ParseResult parsed, DueMovement due)
    {
        if (parsed.GetValue(Invocation.Json))
        {
            _invocation.Terminal.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("environment", parsed.GetRequiredValue(_choice.Name));
                writer.WriteBoolean("due", value: false);
                writer.WriteString("reason", due.Reason);
                writer.WriteEndObject();
            });
        }
        else
        {
            _invocation.Terminal.Answer($"not due: {due.Reason}");
        }

        return ExitCode.Done;
    }

    private async Task<Outcome<PlannedDelivery>> Plan(DeliverySession session, PlanKey key, ParkHistory history, CancellationToken cancellation)
    {
        var (environment, target, since) = (session.Environment, session.Access.Target, _invocation.Clock.GetTimestamp());
        var movement = new Movement(_to, environment.Parking, environment.Parkable, history.Remembered, history.Interrupted);
        await using var progress = _invocation.Terminal.Progress($"planning to {_to.Verb()} {environment.Name} in {target.Word()}");
        var show = new DeliveryProgress(_invocation.Terminal, progress);
        var planner = new Planner(session.Terraform, key, _invocation.Clock);
        if (!(await planner.Plan(session.PlanRequest(new PlanOptions([], Movement: movement)), show.Show, _invocation.Interruption.ForChildren)).Succeeded(out var planned, out var problems)
            || !(await PlannedEntry.Append(session, planned, _invocation.Clock.GetElapsedTime(since), cancellation)).Succeeded(out _, out problems))
        {
            return new Outcome<PlannedDelivery>.Failure(problems);
        }

        return planned;
    }

    /// <summary>Shows the plan; nothing is applied, because nobody wanted it or because a person must look first.</summary>
    private int Stop(ParseResult parsed, DeliverySession session, PlannedDelivery planned, string file, bool isHeld)
    {
        var shown = Path.GetRelativePath(_invocation.Folder, file);
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => PlanAnswer.Write(writer, planned.Plan, shown, PlanReview.ToJson(planned.Reading)));
        else
            Show(session, planned, shown);
        if (planned.Plan.UntrustedManifest.Verdict == "deny")
        {
            _invocation.Terminal.Say("the park guard denies it: nothing was changed");
            return ExitCode.Failed;
        }

        if (!isHeld || parsed.GetValue(_planOnly))
            return ExitCode.Done;
        _invocation.Terminal.Say($"held for a person: review it with `signalbox plan show {shown}`, then run `signalbox apply {planned.Plan.UntrustedManifest.Environment} {shown} --approved-by NAME`");
        return ExitCode.WaitingForAPerson;
    }

    private void Show(DeliverySession session, PlannedDelivery planned, string file)
    {
        PlanAnswer.Show(_invocation.Terminal, planned.Plan, planned.Reading.Summary, planned.Reading.Findings, file);
        if (_to == ParkState.Parked && planned.Reading.Movement is { } movement)
            SavingsAnswer.ShowEstimate(_invocation.Terminal, SavingsBook.OfOneHour(movement.Metered, PriceList.Shipped), session.Environment.Schedule?.ParkedShare);
    }

    private async Task<Outcome<ApplyReport>> Apply(DeliverySession session, OpenedPlan plan, EnvironmentLease lease, CancellationToken cancellation)
    {
        // Nobody has to approve it, but what the policy objects to at any time, such as a freeze, holds here too.
        if (!(await new PlanApproval(_invocation, session).Judge(plan, named: null, cancellation)).Succeeded(out var judgement, out var problems))
            return new Outcome<ApplyReport>.Failure(problems);
        var request = new ApplyRequest(
            session.Environment.Name.Text, session.Access.Target, session.Access.Account, session.Checkout, judgement, ApprovalRequired: false, lease.Token, session.State.Journals, session.Origin);
        var applier = session.Applier(_invocation.Clock);
        await _looks.TakeBaseline(session, plan, cancellation);
        await using var progress = _invocation.Terminal.Progress($"{_to.Verb()}ing {session.Environment.Name} in {session.Access.Target.Word()}");
        var show = new DeliveryProgress(_invocation.Terminal, progress);
        var outcome = await applier.Apply(plan, request, show.Show, _invocation.Interruption.ForChildren);
        if (lease.WasLost)
            _invocation.Terminal.Report([lease.LostProblem]);
        return outcome;
    }

    private int Failed(ParseResult parsed, ValueList<Diagnostic> problems)
    {
        var code = _invocation.Refuse(parsed, problems);
        if (_invocation.Interruption.Token.IsCancellationRequested)
            return ExitCode.Interrupted;
        return problems.All(problem => problem.Rule == ApplyRules.NotApproved) ? ExitCode.WaitingForAPerson : code;
    }

    private string? OutPath(ParseResult parsed) =>
        parsed.GetValue(_out) is { Length: > 0 } path ? Path.GetFullPath(path, _invocation.Folder) : null;
}
