namespace Signalbox.Sandbox.Emulator;

/// <summary>Calls on this machine, past any proxy that the person's variables name.</summary>
internal static class Loopback
{
    public static HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
}
