using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Walking;

/// <summary>One station of a request on its way to an application.</summary>
/// <param name="Name">What people call the thing.</param>
/// <param name="Found">What was found there, as it reads after the name.</param>
/// <param name="Problem">Null when the request goes on from here.</param>
internal sealed record Hop(Station Station, string Name, string Found, AccountResource? Resource, HopProblem? Problem = null);

/// <param name="Mends">What to mend, when it is not the hop's own resource: the first that a state knows.</param>
internal sealed record HopProblem(string Why, ValueList<AccountResource> Mends);

internal enum Station
{
    Dns,
    Distribution,
    ViewerCertificate,
    Origin,
    Balancer,
    Listener,
    OriginCertificate,
    Rule,
    TargetGroup,
    Service,
}

internal static class StationWord
{
    extension(Station station)
    {
        /// <summary>As people and programs read it.</summary>
        public string Word() => station switch
        {
            Station.Dns => "dns",
            Station.Distribution => "distribution",
            Station.ViewerCertificate => "viewer certificate",
            Station.Origin => "origin",
            Station.Balancer => "load balancer",
            Station.Listener => "listener",
            Station.OriginCertificate => "origin certificate",
            Station.Rule => "rule",
            Station.TargetGroup => "target group",
            Station.Service => "service",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}

/// <summary>The hops of a walk while it is walked.</summary>
internal sealed class HopList
{
    private readonly List<Hop> _hops = [];

    public void Pass(Station station, string name, string found, AccountResource? resource) => _hops.Add(new Hop(station, name, found, resource));

    public void Break(Station station, string name, string found, AccountResource? resource, string why, params ReadOnlySpan<AccountResource> mends) =>
        _hops.Add(new Hop(station, name, found, resource, new HopProblem(why, ValueList.Create(mends))));

    public void Add(Hop hop) => _hops.Add(hop);

    public ValueList<Hop> Done() => [.. _hops];
}
