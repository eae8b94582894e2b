using System.CommandLine;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox verify ENV`: probes every endpoint hop by hop, and says whether the apply broke it.</summary>
internal sealed class VerifyCommand
{
    private readonly Invocation _invocation;
    private readonly EnvironmentChoice _choice;
    private readonly VerificationPatience _patience;

    private readonly Option<string[]> _endpoints = new("--endpoint") { Description = "Only this endpoint; may be repeated", HelpName = "name", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _expect = new("--expect") { Description = "`live` or `parked`; by default what the environment is meant to be", HelpName = "state" };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "Compare with this look from before the apply, not with the one that apply kept", HelpName = "file" };
    private readonly Option<string?> _writeBaseline = new("--write-baseline") { Description = "Write this look down, to compare with later; broken endpoints are then no failure", HelpName = "file" };
    private readonly Option<string?> _junit = new("--junit") { Description = "Write the verdicts as JUnit XML too", HelpName = "file" };

    private VerifyCommand(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _choice = new EnvironmentChoice(command, invocation);
        _expect.AcceptOnlyFromAmong("live", "parked");
        command.Add(_endpoints);
        command.Add(_expect);
        command.Add(_baseline);
        command.Add(_writeBaseline);
        command.Add(_junit);
        _patience = new VerificationPatience(command);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("verify", "Probe every endpoint hop by hop, and say what is broken and why.");
        _ = new VerifyCommand(command, invocation);
        return command.WithExamples(
            "signalbox verify prod",
            "signalbox verify prod --endpoint portal --deadline 30s --json",
            "signalbox verify prod --target aws --junit verify.xml");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var (environment, target) = (parsed.GetRequiredValue(_choice.Name), _choice.TargetOf(parsed));
        var kept = new KeptBaseline(StateFolder.Of(_invocation), environment, target);
        if (!(await VerifySession.Open(_invocation, environment, target, ExpectedStateWords.Parse(parsed.GetValue(_expect)), cancellation)).Succeeded(out var session, out var problems)
            || !EndpointChoice.Of(session.Environment, parsed.GetValue(_endpoints)!).Succeeded(out var endpoints, out problems)
            || !(await Earlier(parsed, kept, session, cancellation)).Succeeded(out var earlier, out problems)
            || !(await Verify(parsed, session, endpoints, earlier.Baseline, cancellation)).Succeeded(out var seen, out problems)
            || !(await Keep(parsed, seen.Report, earlier, cancellation)).Succeeded(out _, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        var report = seen.Report;
        await VerifiedEntry.Append(_invocation, session, report, seen.Checkout, cancellation);
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => VerificationJson.Write(writer, report));
        else
            VerifyAnswer.Show(_invocation.Terminal, report);
        return report.IsHealthy || parsed.GetValue(_writeBaseline) is { Length: > 0 } ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Git is asked for what the register wants to know while the probes are on their way, so that nobody waits for it.</summary>
    private async Task<Outcome<Seen>> Verify(
        ParseResult parsed, VerifySession session, ValueList<Endpoint> endpoints, Baseline? baseline, CancellationToken cancellation)
    {
        var checkout = VerifiedEntry.ReadCheckout(_invocation, session, cancellation);
        await using var progress = _invocation.Terminal.Progress($"verifying {session.Environment.Name} in {session.Target.Word()}");
        var request = new VerificationRequest(
            session.Environment.Name.Text, session.Target, endpoints, session.Expected, baseline, _patience.Of(parsed, session.Environment.Verification));
        var verified = await session.Verifier.Verify(request, new VerificationWatch(progress, endpoints).Show, cancellation);
        var read = await checkout;
        return verified.Succeeded(out var report, out var problems) ? new Seen(report, read) : new Outcome<Seen>.Failure(problems);
    }

    /// <summary>What to compare with: the file that was named, else what the last apply kept.</summary>
    private async Task<Outcome<EarlierLook>> Earlier(ParseResult parsed, KeptBaseline kept, VerifySession session, CancellationToken cancellation)
    {
        if (Path(parsed, _baseline) is { } named)
        {
            if (!(await BaselineFile.Read(named, cancellation)).Succeeded(out var baseline, out var problems))
                return new Outcome<EarlierLook>.Failure(problems);
            return baseline.ElsewhereProblem(session.Environment.Name.Text, session.Target) is { } elsewhere ? elsewhere : new EarlierLook(baseline, Kept: null);
        }

        if (await kept.Newest(_invocation.Clock.GetUtcNow(), cancellation) is not { } found)
            return new EarlierLook(Baseline: null, Kept: null);
        return found.Succeeded(out var newest, out var unreadable)
            ? new EarlierLook(newest.Baseline, newest)
            : new Outcome<EarlierLook>.Failure(unreadable);
    }

    private async Task<Outcome<bool>> Keep(ParseResult parsed, VerificationReport report, EarlierLook earlier, CancellationToken cancellation)
    {
        if (Path(parsed, _junit) is { } junit && await ReportFile.Write(junit, VerificationJUnit.Render(report), cancellation) is { } unwritten)
            return unwritten;
        if (Path(parsed, _writeBaseline) is { } look && await BaselineFile.Write(look, report.ToBaseline(plan: null), cancellation) is { } unkept)
            return unkept;
        // Reading a baseline that cannot be written, as from another job's files, is no reason to fail.
        if (earlier.Kept is { } kept && await KeptBaseline.Remember(kept, report, cancellation) is { } problem)
            _invocation.Terminal.Say($"what is healthy now could not be written down: {problem.Message}");
        return true;
    }

    private string? Path(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { Length: > 0 } path ? System.IO.Path.GetFullPath(path, _invocation.Folder) : null;

    private sealed record Seen(VerificationReport Report, Checkout Checkout);

    private sealed record EarlierLook(Baseline? Baseline, KeptBaseline.Kept? Kept);
}
