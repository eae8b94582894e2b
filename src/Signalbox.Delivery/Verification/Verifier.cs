using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>What is verified.</summary>
/// <param name="Expected">
/// Says which expectation holds, while the first probes are under way: probes see facts, whatever is expected.
/// </param>
public sealed record VerificationRequest(
    string Environment, Target Target, ValueList<Endpoint> Endpoints, FindExpectedState Expected, Baseline? Baseline, VerificationSettings Settings);

/// <summary>Probes endpoints, all at once, until each is settled or the deadline has come.</summary>
/// <param name="trace">Explains what is broken; null where only the answers are known.</param>
public sealed class Verifier(Prober prober, IWayTrace? trace, TimeProvider clock)
{
    private static readonly TimeSpan TracePatience = TimeSpan.FromSeconds(5);

    /// <param name="onProbed">Called after every probe, from any thread.</param>
    public async Task<Outcome<VerificationReport>> Verify(VerificationRequest request, Action<ProbeNews> onProbed, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        using var atOnce = new SemaphoreSlim(request.Settings.AtOnce);
        using var lookup = new ExpectedStateLookup(request.Expected);
        var state = lookup.Value(cancellation);
        var watches = request.Endpoints.Select(endpoint => Watch(endpoint, request, lookup, started, atOnce, onProbed, cancellation)).ToArray();
        var reports = await Task.WhenAll(watches);
        if (!(await state).Succeeded(out var expected, out var problems))
            return new Outcome<VerificationReport>.Failure(problems);
        return new VerificationReport(
            request.Environment, request.Target, expected, request.Baseline, [.. reports], clock.GetUtcNow(), clock.GetElapsedTime(started));
    }

    private async Task<EndpointReport> Watch(
        Endpoint endpoint, VerificationRequest request, ExpectedStateLookup state, long started, SemaphoreSlim atOnce, Action<ProbeNews> onProbed, CancellationToken cancellation)
    {
        var settling = Settling.Of(request.Settings);
        Probe? latest = null;
        for (var probes = 1; ; probes++)
        {
            if (await ProbeOnce(endpoint, request.Settings, started, atOnce, cancellation) is not { } probe
                || !(await state.Value(cancellation)).Succeeded(out var expected, out _))
            {
                return await Report(endpoint, request, settling, latest, probes - 1, started, cancellation);
            }

            latest = probe;
            settling = settling.After(Sight.Of(endpoint, expected, probe, clock.GetUtcNow()));
            onProbed(new ProbeNews(endpoint, settling.Latest, probes, settling.IsSettled));
            if (settling.IsSettled || settling.Wait >= Left(request.Settings, started))
                return await Report(endpoint, request, settling, latest, probes, started, cancellation);
            await Task.Delay(settling.Wait, clock, cancellation);
        }
    }

    /// <summary>Null when the deadline has come.</summary>
    private async Task<Probe?> ProbeOnce(Endpoint endpoint, VerificationSettings settings, long started, SemaphoreSlim atOnce, CancellationToken cancellation)
    {
        await atOnce.WaitAsync(cancellation);
        try
        {
            var left = Left(settings, started);
            if (left <= TimeSpan.Zero)
                return null;
            return await prober.Probe(endpoint, left < settings.ProbeLimit ? left : settings.ProbeLimit, cancellation);
        }
        finally
        {
            atOnce.Release();
        }
    }

    private async Task<EndpointReport> Report(
        Endpoint endpoint, VerificationRequest request, Settling settling, Probe? latest, int probes, long started, CancellationToken cancellation)
    {
        var seen = settling.Conclusion;
        if (seen is Sight.Wrong { Failure: var failure })
            seen = new Sight.Wrong(await Explain(endpoint, failure, cancellation));
        return new EndpointReport(endpoint, Verdict.Of(request.Baseline?.Of(endpoint.Name), seen), seen, latest, probes, clock.GetElapsedTime(started));
    }

    private async Task<HopFailure> Explain(Endpoint endpoint, HopFailure failure, CancellationToken cancellation)
    {
        var declared = failure with { Resource = endpoint.ResourceOf(failure.Hop) };
        if (trace is null)
            return declared;
        using var patience = new CancellationTokenSource(TracePatience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var url = failure.Hop == Hop.Service ? endpoint.ServiceUrl ?? endpoint.Url : endpoint.Url;
            if (await trace.Trace(url, limit.Token) is not { } way)
                return declared;
            var explained = way.Explain(declared);
            return explained with { Resource = explained.Resource ?? endpoint.ResourceOf(explained.Hop) };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return declared; // an explanation that does not come is done without
        }
    }

    private TimeSpan Left(VerificationSettings settings, long started) => settings.Deadline - clock.GetElapsedTime(started);
}

/// <param name="Seen">What this probe amounts to.</param>
/// <param name="Probes">How many there were, this one included.</param>
public sealed record ProbeNews(Endpoint Endpoint, Sight Seen, int Probes, bool IsSettled);
