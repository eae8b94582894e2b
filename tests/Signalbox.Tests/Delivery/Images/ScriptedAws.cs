using System.Net;
using System.Text;
using System.Text.Json;
using Signalbox.Delivery.Aws;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

/// <summary>A service of AWS that speaks JSON, as a test says that it answers.</summary>
internal sealed class ScriptedAws : IDisposable
{
    private readonly HttpListener _server = new();

    public ScriptedAws()
    {
        Uri address;
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        Endpoint = new AwsEndpoint("eu-west-2", address, new Dictionary<string, string>(StringComparer.Ordinal) { ["AWS_ACCESS_KEY_ID"] = "key", ["AWS_SECRET_ACCESS_KEY"] = "secret" });
        _server.Prefixes.Add(address.AbsoluteUri);
        _server.Start();
        _ = Task.Run(Serve, Cancellation);
    }

    public AwsEndpoint Endpoint { get; }

    /// <summary>The names of the operations that were called.</summary>
    public IList<string> Asked { get; } = [];

    /// <summary>From the operation and what was asked to the status and the body.</summary>
    public Func<string, JsonElement, (int Status, string Body)> Answer { get; set; } = static (_, _) => (200, "{}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Stop() => _server.Stop();

    public void Dispose() => _server.Close();

    private async Task Serve()
    {
        while (_server.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _server.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var operation = context.Request.Headers["X-Amz-Target"]!.Split('.')[^1];
            lock (Asked)
                Asked.Add(operation);
            using var question = await JsonDocument.ParseAsync(context.Request.InputStream, default, Cancellation);
            var (status, body) = Answer(operation, question.RootElement);
            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body), Cancellation);
            context.Response.Close();
        }
    }
}
