namespace Signalbox.Delivery.Aws;

/// <summary>The two ways out: with the proxy that the person's variables name, and past it for what answers on this machine.</summary>
internal static class HttpDoor
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly HttpClient Direct = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Limit };
    private static readonly HttpClient Outward = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Limit };

    public static HttpClient For(Uri address) => address.IsLoopback ? Direct : Outward;
}
