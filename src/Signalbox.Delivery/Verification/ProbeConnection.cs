using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Signalbox.Delivery.Verification;

/// <summary>One connection to an endpoint, made step by step so that each step's outcome and time is a fact.</summary>
internal sealed class ProbeConnection : IAsyncDisposable
{
    private ProbeConnection(Stream stream, CertificateFacts? certificate, bool isHttp2, ProbeTimes times) =>
        (Stream, Certificate, IsHttp2, Times) = (stream, certificate, isHttp2, times);

    public Stream Stream { get; }

    public CertificateFacts? Certificate { get; }

    public bool IsHttp2 { get; }

    public ProbeTimes Times { get; }

    /// <param name="url">Only its scheme, host and port matter.</param>
    /// <param name="limit">Ends our patience; what it interrupts becomes a fault.</param>
    /// <param name="cancellation">The person's wish to stop; thrown.</param>
    public static async Task<(ProbeConnection? Connection, Fault? Fault)> Open(
        Uri url, EndpointRoute? route, TimeProvider clock, CancellationToken limit, CancellationToken cancellation)
    {
        if (url.IsLoopback)
            route = null; // this machine needs no leading to
        var started = clock.GetTimestamp();
        var (addresses, fault) = route is null ? await Resolve(url.IdnHost, limit) : ([route.Address.Address], null);
        cancellation.ThrowIfCancellationRequested();
        if (fault is not null)
            return (null, fault);
        var times = new ProbeTimes { Resolving = clock.GetElapsedTime(started) };

        started = clock.GetTimestamp();
        (var stream, fault) = await Connect(addresses, route?.Address.Port ?? url.Port, limit);
        if (stream is null || cancellation.IsCancellationRequested)
        {
            stream?.Dispose();
            cancellation.ThrowIfCancellationRequested();
            return (null, fault);
        }

        times = times with { Connecting = clock.GetElapsedTime(started) };
        if (url.Scheme != Uri.UriSchemeHttps)
            return (new ProbeConnection(stream, certificate: null, isHttp2: false, times), null);

        started = clock.GetTimestamp();
        var (secured, certificate, handshake) = await Secure(stream, url.IdnHost, route, limit);
        if (secured is null || cancellation.IsCancellationRequested)
        {
            await stream.DisposeAsync();
            cancellation.ThrowIfCancellationRequested();
            return (null, handshake);
        }

        times = times with { Securing = clock.GetElapsedTime(started) };
        return (new ProbeConnection(secured, certificate, secured.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2, times), null);
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private static async Task<(IPAddress[] Addresses, Fault? Fault)> Resolve(string host, CancellationToken limit)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
            return ([literal], null);
        try
        {
            return (await Dns.GetHostAddressesAsync(host, limit), null);
        }
        catch (SocketException failed) when (failed.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            return ([], new Fault(FaultKind.NameUnknown, $"the name {host} is unknown"));
        }
        catch (SocketException failed)
        {
            return ([], new Fault(FaultKind.ResolverFailed, $"this machine's resolver does not answer for {host}: {failed.SocketErrorCode}"));
        }
        catch (OperationCanceledException)
        {
            return ([], new Fault(FaultKind.ResolverFailed, $"this machine's resolver did not answer for {host} in time"));
        }
    }

    /// <summary>Tries the addresses in turn. What one address refused says more than that another could not be reached.</summary>
    private static async Task<(NetworkStream? Stream, Fault? Fault)> Connect(IPAddress[] addresses, int port, CancellationToken limit)
    {
        Fault? worst = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), limit);
                return (new NetworkStream(socket, ownsSocket: true), null);
            }
            catch (SocketException failed)
            {
                socket.Dispose();
                worst = failed.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset
                    ? new Fault(FaultKind.Refused, $"nothing listens at {new IPEndPoint(address, port)}")
                    : worst ?? new Fault(FaultKind.Unreachable, $"{new IPEndPoint(address, port)} cannot be reached from here: {failed.SocketErrorCode}");
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                return (null, worst ?? new Fault(FaultKind.ConnectTooSlow, $"no connection to {new IPEndPoint(address, port)} in time"));
            }
        }

        return (null, worst ?? new Fault(FaultKind.NameUnknown, "the name has no address"));
    }

    private static async Task<(SslStream? Stream, CertificateFacts? Certificate, Fault? Fault)> Secure(
        NetworkStream stream, string host, EndpointRoute? route, CancellationToken limit)
    {
        var reading = new CertificateReading(route?.Authority);
        var secured = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secured.AuthenticateAsClientAsync(reading.Options(host), limit);
            return (secured, reading.Facts, null);
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException)
        {
            await secured.DisposeAsync();
            return (null, null, new Fault(FaultKind.HandshakeFailed, $"the TLS handshake failed: {Innermost(failed)}"));
        }
        catch (OperationCanceledException)
        {
            await secured.DisposeAsync();
            return (null, null, new Fault(FaultKind.HandshakeTooSlow, "the TLS handshake was not done in time"));
        }
    }

    private static string Innermost(Exception failed) => (failed.InnerException ?? failed).Message.TrimEnd('.');
}
