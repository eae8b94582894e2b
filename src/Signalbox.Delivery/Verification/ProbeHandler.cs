using System.Net.Sockets;

namespace Signalbox.Delivery.Verification;

/// <summary>Speaks HTTP over the connection that was already made and looked at; more are made only when one is not enough.</summary>
internal sealed class ProbeHandler(ProbeConnection first, EndpointRoute? route, TimeProvider clock, CancellationToken cancellation)
{
    private ProbeConnection? _unused = first;

    public SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false, // a proxy would answer for hops of its own
        MaxResponseHeadersLength = 64,
        MaxResponseDrainSize = 0,
        ConnectCallback = (context, limit) => Connect(context, limit),
    };

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken limit)
    {
        if (Interlocked.Exchange(ref _unused, null) is { } made)
            return made.Stream;
        var url = context.InitialRequestMessage.RequestUri!;
        var (another, fault) = await ProbeConnection.Open(url, route, clock, limit, cancellation);
        return another?.Stream ?? throw new IOException(fault!.Message, new SocketException((int)SocketError.NotConnected));
    }
}
