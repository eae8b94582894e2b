using System.Diagnostics;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>A station on the way from a person to a service, in the order of the way.</summary>
public enum Hop
{
    Dns,
    Tls,

    /// <summary>What terminates the connection: CloudFront, where the endpoint says so.</summary>
    Edge,

    /// <summary>Listener, certificate and rules behind the edge.</summary>
    LoadBalancer,
    Service,
}

public static class HopWords
{
    public static ValueList<Hop> All { get; } = [Hop.Dns, Hop.Tls, Hop.Edge, Hop.LoadBalancer, Hop.Service];

    /// <summary>The word that signalbox.yml, JSON and a trace use.</summary>
    public static string Word(this Hop hop) => hop switch
    {
        Hop.Dns => "dns",
        Hop.Tls => "tls",
        Hop.Edge => "edge",
        Hop.LoadBalancer => "load_balancer",
        Hop.Service => "service",
        _ => throw new UnreachableException(),
    };

    /// <summary>As <see cref="Word"/>, for sentences.</summary>
    public static string Words(this Hop hop) => hop == Hop.LoadBalancer ? "load balancer" : hop.Word();

    public static Hop? Parse(string? word)
    {
        foreach (var hop in All)
        {
            if (hop.Word() == word)
                return hop;
        }

        return null;
    }
}
