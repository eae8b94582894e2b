using System.Net;

namespace Signalbox.Delivery.Verification;

/// <summary>Leads every name but loopback's to one address, without the machine's resolver or trust store knowing of it.</summary>
/// <param name="Address">Where the edge listens.</param>
/// <param name="Authority">The only certificate authority that is trusted there, as PEM.</param>
public sealed record EndpointRoute(IPEndPoint Address, string Authority);
