using System.Text;
using System.Text.Json;
using Signalbox.EndToEnd.SmallRoot;
using Signalbox.Servers;
using Xunit;

namespace Signalbox.EndToEnd.Generated;

/// <summary>Answers as an application would: 200 while the account wants tasks of its first service, and else the parked page.</summary>
internal sealed class ServiceEndpoint : IDisposable
{
    private const string Signed = "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-2/ecs/aws4_request, SignedHeaders=host, Signature=0";

    private readonly HttpClient _client = new();
    private readonly Uri _account;
    private readonly LoopbackServer _server;

    private ServiceEndpoint(Uri account)
    {
        _account = account;
        _server = new LoopbackServer(async asked =>
        {
            var isLive = await WantedTasks() > 0;
            await LoopbackServer.Say(asked.Response, isLive ? 200 : 503, isLive ? "here" : "Parked");
        });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string Url => _server.Url;

    public static async Task<ServiceEndpoint> Start(SmallRepository repository) =>
        new(new Uri((await repository.Shell("echo $AWS_ENDPOINT_URL")).Answer.Trim()));

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
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
