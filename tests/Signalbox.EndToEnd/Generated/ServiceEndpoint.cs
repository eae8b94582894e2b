using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Signalbox.EndToEnd.SmallRoot;
using Xunit;

namespace Signalbox.EndToEnd.Generated;

/// <summary>Answers as an application would: 200 while the account wants tasks of its first service, and else the parked page.</summary>
internal sealed class ServiceEndpoint : IAsyncDisposable
{
    private const string Signed = "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-2/ecs/aws4_request, SignedHeaders=host, Signature=0";

    private readonly HttpListener _server = new();
    private readonly HttpClient _client = new();
    private readonly Uri _account;
    private readonly Task _serving;

    private ServiceEndpoint(Uri account, int port)
    {
        _account = account;
        Url = $"http://127.0.0.1:{port}/";
        _server.Prefixes.Add(Url);
        _server.Start();
        _serving = Task.Run(Serve, Cancellation);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Url { get; }

    public static async Task<ServiceEndpoint> Start(SmallRepository repository)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return new ServiceEndpoint(new Uri((await repository.Shell("echo $AWS_ENDPOINT_URL")).Answer.Trim()), port);
    }

    public async ValueTask DisposeAsync()
    {
        _server.Close();
        await _serving;
        _client.Dispose();
    }

    private async Task Serve()
    {
        while (_server.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await _server.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            (asked.Response.StatusCode, var body) = await WantedTasks() > 0 ? (200, "here") : (503, "Parked");
            await asked.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body), Cancellation);
            asked.Response.Close();
        }
    }

    /// <summary>Of the first service, as its owner wants it now.</summary>
    public async Task<int> WantedTasks()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _account) { Content = new StringContent("""{"cluster":"generated","services":["n1"]}""", Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.TryAddWithoutValidation("Authorization", Signed);
        request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.DescribeServices");
        using var answer = await _client.SendAsync(request, Cancellation);
        using var services = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return services.RootElement.GetProperty("services")[0].GetProperty("desiredCount").GetInt32();
    }
}
