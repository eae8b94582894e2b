using System.Text.Json;
using System.Xml;
using Signalbox.Diagnostics;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Walking;

namespace Signalbox.Sandbox.Edge.Tracing;

/// <summary>Walks the account as it is now, by itself and not through the edge, and names each hop's resource.</summary>
internal sealed class Tracer(AccountCalls calls, TimeProvider clock)
{
    public static readonly Rule Unreadable = new("SB5203", Severity.Error, "the emulated account cannot be read");

    public async Task<Outcome<SandboxTrace>> Trace(Uri url, CancellationToken cancellation)
    {
        try
        {
            var reading = await new AccountReader(calls).Read(cancellation);
            if (reading is not AccountReading.Seen { View: var view })
                return Refusal(((AccountReading.Unreadable)reading).Why);
            var dns = await DnsRecords.Find(calls, url.Host, cancellation);
            return Of(url, view, dns, await TerraformAddresses.Read(calls, cancellation), clock.GetUtcNow());
        }
        catch (Exception garbled) when (garbled is HttpRequestException or XmlException or JsonException)
        {
            return Refusal(garbled.Message);
        }
    }

    internal static SandboxTrace Of(Uri url, AccountView view, DnsFinding dns, TerraformAddresses addresses, DateTimeOffset now)
    {
        var walk = new EdgeWalker(view, now).ThroughCloudFront(Visit.To(url));
        var hops = walk.Hops.Select(hop => MendByDns(hop, view, dns)).Prepend(DnsHop(url.Host, view, dns));
        var application = walk.Ending as Ending.Application ?? (walk.Ending as Ending.Login)?.Behind as Ending.Application;
        return new SandboxTrace(
            url,
            [.. hops.Select(hop => Named(hop, addresses))],
            TraceAnswers.Of(walk),
            walk.Hops.FirstOrDefault(hop => hop.Station == Station.Balancer) is { } balancer ? view.Balancers.FirstOrDefault(one => one.Name == balancer.Name)?.DnsName : null,
            application is null ? null : SandboxEdge.ServiceName(application.Service.Cluster, application.Service.Name),
            application?.Group.HealthPath);
    }

    private static Diagnostic Refusal(string why) => Unreadable.Without($"the emulated account cannot be read: {why}", "run `signalbox sandbox status`");

    private static Hop DnsHop(string host, AccountView view, DnsFinding dns)
    {
        var record = new AccountResource("aws_route53_record", [("name", host)]);
        return dns switch
        {
            DnsFinding.NoZone => new Hop(Station.Dns, host, "is kept in no zone of the account", null),
            DnsFinding.NoRecord none => new Hop(Station.Dns, host, $"belongs to the zone {none.Zone}", record, new HopProblem("the zone has no record for it", [])),
            DnsFinding.LeadsTo to => new Hop(Station.Dns, host, $"leads to {to.Name}", record, WrongTarget(view, host, to)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Only a distribution that answers for the name and is another one proves the record wrong.</summary>
    private static HopProblem? WrongTarget(AccountView view, string host, DnsFinding.LeadsTo to) =>
        view.DistributionFor(host) is { } right && !string.Equals(right.DomainName, to.Name, StringComparison.OrdinalIgnoreCase)
            ? new HopProblem($"{right.DomainName} answers for it", [])
            : null;

    /// <summary>The name's record says which distribution was meant to have the alias.</summary>
    private static Hop MendByDns(Hop hop, AccountView view, DnsFinding dns)
    {
        if (hop is not { Station: Station.Distribution, Problem: { } problem } || dns is not DnsFinding.LeadsTo to)
            return hop;
        var meant = view.Distributions.FirstOrDefault(one => string.Equals(one.DomainName, to.Name, StringComparison.OrdinalIgnoreCase));
        return meant is null ? hop : hop with { Problem = problem with { Mends = [AccountResource.WithId("aws_cloudfront_distribution", meant.Id)] } };
    }

    private static TraceHop Named(Hop hop, TerraformAddresses addresses)
    {
        var resource = addresses.Of(hop.Resource);
        return new TraceHop(
            hop.Station.Word(),
            hop.Name,
            hop.Found,
            resource,
            hop.Problem is { } problem ? new TraceProblem(problem.Why, problem.Mends.Select(addresses.Of).FirstOrDefault(mend => mend is not null) ?? resource) : null);
    }
}
