using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;
using Signalbox.Sandbox;

namespace Signalbox.Cli.Delivering;

/// <summary>The sandbox's own account of its wiring, in the words of verification.</summary>
internal sealed class SandboxWayTrace(RunningSandbox sandbox, TimeProvider clock) : IWayTrace
{
    public async Task<TracedWay?> Trace(Uri url, CancellationToken cancellation) =>
        (await sandbox.Trace(url, clock, cancellation)).Succeeded(out var trace, out _) ? Of(trace.Hops) : null;

    internal static TracedWay Of(ValueList<TraceHop> stations)
    {
        var resources = new Dictionary<Hop, string>();
        foreach (var station in stations)
        {
            var hop = HopOf(station.Station);
            if ((station.Problem?.Mend ?? station.Resource) is { } address)
                resources[hop] = address;
            if (station.Problem is { } problem)
                return new TracedWay(hop, problem.Why, Resources());
        }

        return new TracedWay(BrokenAt: null, Why: null, Resources());

        ValueList<HopResource> Resources() => [.. resources.Select(resource => new HopResource(resource.Key, resource.Value))];
    }

    private static Hop HopOf(string station) => station switch
    {
        "dns" => Hop.Dns,
        "viewer certificate" => Hop.Tls,
        "distribution" or "origin" => Hop.Edge,
        "service" => Hop.Service,
        _ => Hop.LoadBalancer, // the load balancer's own stations, its certificate and its target groups
    };
}
