using System.CommandLine;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>An apply's looks at the endpoints: one just before anything changes, kept with the plan, and one afterwards when asked.</summary>
internal sealed class ApplyVerification
{
    private readonly Invocation _invocation;
    private readonly Option<bool> _noBaseline = new("--no-baseline") { Description = "Do not look at the endpoints before the apply" };
    private readonly Option<bool> _verify = new("--verify") { Description = "Verify the endpoints afterwards; exit code 4 when one is not healthy" };

    public ApplyVerification(Command command, Invocation invocation)
    {
        _invocation = invocation;
        command.Add(_verify);
        command.Add(_noBaseline);
    }

    /// <summary>Looks once at every endpoint and keeps what is seen. What cannot be looked at does not stop an apply; it is said.</summary>
    public async Task TakeBaseline(ParseResult parsed, DeliverySession session, OpenedPlan plan, CancellationToken cancellation)
    {
        if (parsed.GetValue(_noBaseline) || session.Environment.Endpoints.Count == 0)
            return;
        var once = session.Environment.Verification with { Successes = 1, Failures = 1 };
        Diagnostic? unkept = null;
        if (!(await Look(session, expected: null, baseline: null, once, "looking at the endpoints before the apply", cancellation)).Succeeded(out var report, out var problems)
            || (unkept = await Kept(session).Keep(report.ToBaseline(plan.Digest.Hex), cancellation)) is not null)
        {
            _invocation.Terminal.Say($"no baseline was taken: {(unkept ?? problems![0]).Message}");
            return;
        }

        foreach (var endpoint in report.Endpoints.Where(endpoint => endpoint.Verdict.Failing is not null))
            _invocation.Terminal.Say($"before the apply {endpoint.Endpoint.Name} is broken already: {endpoint.Verdict.Failing!.Hop.Words()}: {endpoint.Verdict.Failing.Message}");
    }

    /// <returns>Null when it was not asked for.</returns>
    public async Task<Outcome<VerificationReport>?> Verify(ParseResult parsed, DeliverySession session, OpenedPlan plan, CancellationToken cancellation)
    {
        if (!parsed.GetValue(_verify))
            return null;
        if (!EndpointChoice.Of(session.Environment, []).Succeeded(out _, out var problems))
            return new Outcome<VerificationReport>.Failure(problems);
        var kept = await Kept(session).Newest(_invocation.Clock.GetUtcNow(), cancellation);
        var earlier = kept is not null && kept.Succeeded(out var found, out _) && found.Baseline.Plan == plan.Digest.Hex ? found : null;
        var expected = plan.Manifest.ParkIntent == ExpectedState.Parked.Word() ? ExpectedState.Parked : ExpectedState.Live;
        var outcome = await Look(session, expected, earlier?.Baseline, session.Environment.Verification, $"verifying {session.Environment.Name} in {session.Access.Target.Word()}", cancellation);
        if (outcome.Succeeded(out var report, out _) && earlier is not null && await KeptBaseline.Remember(earlier, report, cancellation) is { } unkept)
            _invocation.Terminal.Report([unkept]);
        return outcome;
    }

    private async Task<Outcome<VerificationReport>> Look(
        DeliverySession session, ExpectedState? expected, Baseline? baseline, VerificationSettings settings, string awaited, CancellationToken cancellation)
    {
        if (!(await VerifySession.Open(_invocation, session.State, session.Environment, session.Access.Target, expected, cancellation)).Succeeded(out var verify, out var problems))
            return new Outcome<VerificationReport>.Failure(problems);
        await using var progress = _invocation.Terminal.Progress(awaited);
        var request = new VerificationRequest(
            session.Environment.Name.Text, session.Access.Target, session.Environment.Endpoints, verify.Expected, baseline, settings);
        return await verify.Verifier.Verify(request, news => progress.Update(VerifyAnswer.News(news)), cancellation);
    }

    private static KeptBaseline Kept(DeliverySession session) => new(session.State, session.Environment.Name.Text, session.Access.Target);
}
