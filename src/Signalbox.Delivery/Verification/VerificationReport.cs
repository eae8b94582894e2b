using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>What a verification found.</summary>
/// <param name="Expected">The expectation that was held against every endpoint.</param>
/// <param name="Baseline">What was compared with; null when there was none.</param>
/// <param name="Endpoints">In the order of signalbox.yml.</param>
public sealed record VerificationReport(
    string Environment, Target Target, ExpectedState Expected, Baseline? Baseline, ValueList<EndpointReport> Endpoints, DateTimeOffset At, TimeSpan Elapsed)
{
    /// <summary>Every endpoint is; what could not be seen is not.</summary>
    public bool IsHealthy => Endpoints.All(endpoint => endpoint.Verdict is Verdict.Healthy);

    /// <summary>This look, to be compared with later.</summary>
    public Baseline ToBaseline(string? plan) =>
        new(Environment, Target, At, plan, Expected, [.. Endpoints.Select(endpoint => new BaselineEndpoint(endpoint.Endpoint.Name, new EarlierSight(endpoint.Seen)))]);
}

/// <param name="Seen">What the last probes amounted to.</param>
/// <param name="Latest">The last probe; null when the deadline came before the first.</param>
/// <param name="Probes">How many were made.</param>
public sealed record EndpointReport(Endpoint Endpoint, Verdict Verdict, Sight Seen, Probe? Latest, int Probes, TimeSpan Elapsed)
{
    /// <param name="expected">The expectation that was held against it.</param>
    public HopState StateOf(Hop hop, ExpectedState expected)
    {
        var isOnTheWay = hop switch
        {
            Hop.Tls => Endpoint.IsSecure,
            Hop.Service => expected == ExpectedState.Live && (Endpoint.Service is not null || Endpoint.Answerer(expected) == Hop.Service),
            Hop.LoadBalancer => Endpoint.Answerer(expected) == Hop.LoadBalancer,
            _ => true,
        };
        if (Verdict.Failing is { } failing && failing.Hop == hop)
            return HopState.Broken;
        if (!isOnTheWay)
            return HopState.NotProbed;
        return Verdict is Verdict.Inconclusive || Verdict.Failing?.Hop < hop ? HopState.NotReached : HopState.Passed;
    }
}

public enum HopState
{
    Passed,
    Broken,

    /// <summary>It lies behind a broken hop, or this machine could not look.</summary>
    NotReached,

    /// <summary>The endpoint has no such hop, or nothing that would show it.</summary>
    NotProbed,
}
