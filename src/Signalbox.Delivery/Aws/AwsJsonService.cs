using System.Net.Http.Headers;
using System.Text.Json;

namespace Signalbox.Delivery.Aws;

/// <summary>One AWS service that speaks JSON 1.1: a name of an operation, an object, an object back.</summary>
/// <param name="service">As AWS signs it, such as `ecr`.</param>
/// <param name="prefix">What stands before an operation in `X-Amz-Target`.</param>
internal sealed class AwsJsonService(AwsEndpoint endpoint, string service, string prefix, TimeProvider clock)
{
    private const int Attempts = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks, and asks again when AWS says that it was asked too often.</summary>
    public async Task<AwsAnswer> Call(string operation, Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        var (keys, why) = await endpoint.Keys(cancellation);
        if (keys is null)
            return new AwsAnswer.NoKeys(why);
        var body = Body(write);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await Once(operation, body, keys, cancellation);
            if (attempt == Attempts || answer is not AwsAnswer.Refused { Code: "ThrottlingException" or "TooManyRequestsException" or "ServerException" or "InternalFailure" })
                return answer;
            await Task.Delay(FirstPause * (1 << attempt), clock, cancellation);
        }
    }

    private async Task<AwsAnswer> Once(string operation, byte[] body, AwsKeys keys, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.For(service)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"{prefix}.{operation}");
        AwsSignature.Sign(request, body, keys, endpoint.Region, service, clock.GetUtcNow());
        try
        {
            using var answer = await HttpDoor.For(request.RequestUri!).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
            var document = await JsonDocument.ParseAsync(content, default, cancellation);
            if (answer.IsSuccessStatusCode)
                return new AwsAnswer.Given(document);
            using (document)
                return Refusal(document.RootElement, (int)answer.StatusCode);
        }
        catch (JsonException)
        {
            return new AwsAnswer.Silent("the answer is not JSON");
        }
        catch (HttpRequestException e)
        {
            return new AwsAnswer.Silent(e.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new AwsAnswer.Silent("it did not answer in time");
        }
    }

    private static AwsAnswer.Refused Refusal(JsonElement said, int status)
    {
        var code = Text(said, "__type") ?? Text(said, "code") ?? $"HTTP {status}";
        return new AwsAnswer.Refused(code[(code.LastIndexOf('#') + 1)..], Text(said, "message") ?? Text(said, "Message") ?? "it gave no reason");
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Body(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
