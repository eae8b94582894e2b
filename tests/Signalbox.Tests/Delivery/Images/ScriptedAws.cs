using System.Net;
using System.Text.Json;
using Signalbox.Delivery.Aws;
using Signalbox.Servers;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

/// <summary>A service of AWS that speaks JSON, as a test says that it answers.</summary>
internal sealed class ScriptedAws : IDisposable
{
    private readonly LoopbackServer _server;

    public ScriptedAws()
    {
        _server = new LoopbackServer(Answered);
        Endpoint = new AwsEndpoint("eu-west-2", new Uri(_server.Url), new Dictionary<string, string>(StringComparer.Ordinal) { ["AWS_ACCESS_KEY_ID"] = "key", ["AWS_SECRET_ACCESS_KEY"] = "secret" });
    }

    public AwsEndpoint Endpoint { get; }

    /// <summary>The names of the operations that were called.</summary>
    public IList<string> Asked { get; } = [];

    /// <summary>From the operation and what was asked to the status and the body.</summary>
    public Func<string, JsonElement, (int Status, string Body)> Answer { get; set; } = static (_, _) => (200, "{}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Stop() => _server.Stop();

    public void Dispose() => _server.Dispose();

    private async Task Answered(HttpListenerContext context)
    {
        var operation = context.Request.Headers["X-Amz-Target"]!.Split('.')[^1];
        lock (Asked)
            Asked.Add(operation);
        using var question = await JsonDocument.ParseAsync(context.Request.InputStream, default, Cancellation);
        var (status, body) = Answer(operation, question.RootElement);
        await LoopbackServer.Say(context.Response, status, body);
    }
}
