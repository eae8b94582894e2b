using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>The looks at an environment's endpoints: one just before anything changes, kept with the plan, and one afterwards.</summary>
internal sealed class EndpointLooks(Invocation invocation)
{
    /// <summary>Looks once at every endpoint and keeps what is seen. What cannot be looked at does not stop an apply; it is said.</summary>
    public async Task TakeBaseline(DeliverySession session, OpenedPlan plan, CancellationToken cancellation)
    {
        if (session.Environment.Endpoints.Count == 0)
            return;
        var once = session.Environment.Verification with { Successes = 1, Failures = 1 };
        Diagnostic? unkept = null;
        if (!(await Look(session, expected: null, baseline: null, once, "looking at the endpoints before the apply", cancellation)).Succeeded(out var report, out var problems)
            || (unkept = await Kept(session).Keep(report.ToBaseline(plan.Digest.Hex), cancellation)) is not null)
        {
            invocation.Terminal.Say($"no baseline was taken: {(unkept ?? problems![0]).Message}");
            return;
        }

        foreach (var endpoint in report.Endpoints.Where(endpoint => endpoint.Verdict.Failing is not null))
            invocation.Terminal.Say($"before the apply {endpoint.Endpoint.Name} is broken already: {endpoint.Verdict.Failing!.Hop.Words()}: {endpoint.Verdict.Failing.Message}");
    }

    /// <summary>Holds every endpoint against what the plan wants the environment to be, and writes what is found into the register.</summary>
    public async Task<Outcome<VerificationReport>> Verify(DeliverySession session, OpenedPlan plan, CancellationToken cancellation)
    {
        if (!EndpointChoice.Of(session.Environment, []).Succeeded(out _, out var problems))
            return new Outcome<VerificationReport>.Failure(problems);
        var kept = await Kept(session).Newest(invocation.Clock.GetUtcNow(), cancellation);
        var earlier = kept is not null && kept.Succeeded(out var found, out _) && found.Baseline.Plan == plan.Digest.Hex ? found : null;
        var expected = plan.Manifest.ParkIntent == ExpectedState.Parked.Word() ? ExpectedState.Parked : ExpectedState.Live;
        var outcome = await Look(session, expected, earlier?.Baseline, session.Environment.Verification, $"verifying {session.Environment.Name} in {session.Access.Target.Word()}", cancellation);
        if (!outcome.Succeeded(out var report, out _))
            return outcome;
        await VerifiedEntry.Append(invocation, session, report, plan.Digest, cancellation);
        if (earlier is not null && await KeptBaseline.Remember(earlier, report, cancellation) is { } unkept)
            invocation.Terminal.Report([unkept]);
        return outcome;
    }

    private async Task<Outcome<VerificationReport>> Look(
        DeliverySession session, ExpectedState? expected, Baseline? baseline, VerificationSettings settings, string awaited, CancellationToken cancellation)
    {
        if (!(await VerifySession.Open(invocation, session.State, session.Environment, session.Access.Target, expected, cancellation)).Succeeded(out var verify, out var problems))
            return new Outcome<VerificationReport>.Failure(problems);
        await using var progress = invocation.Terminal.Progress(awaited);
        var request = new VerificationRequest(
            session.Environment.Name.Text, session.Access.Target, session.Environment.Endpoints, verify.Expected, baseline, settings);
        return await verify.Verifier.Verify(request, new VerificationWatch(progress, request.Endpoints).Show, cancellation);
    }

    private static KeptBaseline Kept(DeliverySession session) => new(session.State, session.Environment.Name.Text, session.Access.Target);
}
