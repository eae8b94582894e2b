using System.Net;

namespace Signalbox.Sandbox;

/// <summary>
/// Where the sandbox answers over HTTPS for the hostnames that its account serves. Connect to <see cref="Endpoint"/>
/// instead of resolving a name, and trust <see cref="AuthorityFile"/> and nothing else.
/// </summary>
/// <remarks>
/// The name given in TLS (SNI) says whose door is knocked at; the Host header is then read by whoever stands there:
/// a hostname of an endpoint leads through CloudFront, the DNS name of a load balancer to that balancer, and
/// <see cref="ServiceName"/> to a task of that service, both as from inside the VPC.
/// </remarks>
/// <param name="Endpoint">An address and port of loopback.</param>
/// <param name="AuthorityFile">The certificate, as PEM, that signed every certificate the edge shows.</param>
/// <param name="LogFile">Where the edge writes why an answer was not the application's.</param>
public sealed record SandboxEdge(IPEndPoint Endpoint, string AuthorityFile, string LogFile, int ProcessId)
{
    /// <summary>The name under which a task of an ECS service answers inside the sandbox. AWS has no such name.</summary>
    public static string ServiceName(string cluster, string service) => $"{service}.{cluster}.ecs.internal";
}
