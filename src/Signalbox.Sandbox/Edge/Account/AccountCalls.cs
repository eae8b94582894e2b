using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Signalbox.Sandbox.Emulator;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>Questions to the emulated account in the three dialects that AWS speaks: Query, JSON and REST with XML.</summary>
/// <remarks>The emulator reads account, region and service from the signature and does not verify it.</remarks>
internal sealed class AccountCalls(Uri endpoint)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task<XElement> Query(
        string service, string region, string version, string action, IEnumerable<(string Name, string Value)> parameters, CancellationToken cancellation)
    {
        var form = parameters.Prepend(("Version", version)).Prepend(("Action", action))
            .Select(pair => new KeyValuePair<string, string>(pair.Item1, pair.Item2));
        using var content = new FormUrlEncodedContent(form);
        using var answer = await Send(HttpMethod.Post, "/", service, region, content, target: null, cancellation);
        return await Xml(answer, cancellation);
    }

    /// <summary>Null when the account knows no such thing.</summary>
    public async Task<JsonElement?> Json(string service, string region, string target, Action<Utf8JsonWriter> body, CancellationToken cancellation)
    {
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written))
            body(writer);
        using var content = new ByteArrayContent(written.ToArray());
        content.Headers.ContentType = new("application/x-amz-json-1.1");
        using var answer = await Send(HttpMethod.Post, "/", service, region, content, target, cancellation);
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        using var document = await JsonDocument.ParseAsync(stream, default, cancellation);
        return document.RootElement.Clone();
    }

    public async Task<XElement> Rest(string service, string region, string path, CancellationToken cancellation)
    {
        using var answer = await Send(HttpMethod.Get, path, service, region, content: null, target: null, cancellation);
        return await Xml(answer, cancellation);
    }

    /// <summary>Null when the account has no such thing, as it has none of what AWS manages itself.</summary>
    public async Task<XElement?> RestOrNone(string service, string region, string path, CancellationToken cancellation)
    {
        using var answer = await Send(HttpMethod.Get, path, service, region, content: null, target: null, cancellation);
        return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound ? null : await Xml(answer, cancellation);
    }

    /// <summary>Null when the bucket or the key does not exist.</summary>
    public async Task<StoredObject?> Object(string region, string bucket, string key, CancellationToken cancellation)
    {
        var path = $"/{bucket}/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}";
        using var answer = await Send(HttpMethod.Get, path, "s3", region, content: null, target: null, cancellation);
        return answer.StatusCode is HttpStatusCode.OK
            ? new StoredObject(
                await answer.Content.ReadAsByteArrayAsync(cancellation),
                answer.Content.Headers.ContentType?.ToString() ?? "binary/octet-stream",
                answer.Headers.CacheControl?.ToString(),
                answer.Headers.ETag?.ToString())
            : null;
    }

    private async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, string service, string region, HttpContent? content, string? target, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        using var request = new HttpRequestMessage(method, new Uri(endpoint, path)) { Content = content };
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={FakeAccount.AccessKey}/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        if (target is not null)
            request.Headers.Add("X-Amz-Target", target);
        try
        {
            return await Loopback.Client.SendAsync(request, limit.Token);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"the emulator did not answer {service} within {Limit.TotalSeconds:0} s", late);
        }
    }

    private static async Task<XElement> Xml(HttpResponseMessage answer, CancellationToken cancellation)
    {
        answer.EnsureSuccessStatusCode();
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellation));
        return XElement.Parse(text);
    }
}

/// <summary>What S3 gives for a key.</summary>
internal sealed record StoredObject(byte[] Content, string ContentType, string? CacheControl, string? ETag);
