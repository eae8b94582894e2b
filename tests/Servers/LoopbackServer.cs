using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Signalbox.Servers;

/// <summary>A server on this machine whose answers a test decides, one request after the other.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public LoopbackServer(Func<HttpListenerContext, Task> answer)
    {
        Url = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = Serve(answer);
    }

    /// <summary>With a slash at its end.</summary>
    public string Url { get; }

    /// <summary>Nobody listens there any more.</summary>
    public void Stop() => _listener.Stop();

    public void Dispose() => _listener.Close();

    public static async Task Say(HttpListenerResponse response, int status, string body)
    {
        response.StatusCode = status;
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);
    }

    private async Task Serve(Func<HttpListenerContext, Task> answer)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await answer(asked);
                asked.Response.Close();
            }
            catch (HttpListenerException)
            {
                // Whoever asked has gone, or the server was closed under the answer.
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
