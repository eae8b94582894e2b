using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Signalbox.CircleCi.Api;

/// <summary>
/// Speaks CircleCI's API v2: to circleci.com, or to an engine of this machine. The two differ in their address and their
/// token only.
/// </summary>
public sealed class CircleCiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;

    /// <param name="person">Who sits at this machine; the service knows that from the token.</param>
    public CircleCiClient(Uri address, string token, string? person)
    {
        // A proxy is for the world outside, and loopback is not.
        var handler = new SocketsHttpHandler { UseProxy = !address.IsLoopback };
        _http = new HttpClient(handler) { BaseAddress = new Uri(address, "/api/v2/"), Timeout = Patience };
        _http.DefaultRequestHeaders.Add("Circle-Token", token);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (person is not null)
            _http.DefaultRequestHeaders.Add("Signalbox-Person", Uri.EscapeDataString(person));
    }

    public Task<ApiReply> StartPipeline(string slug, Action<Utf8JsonWriter> body, CancellationToken cancellation) =>
        Post($"project/{slug}/pipeline", body, cancellation);

    public Task<ApiReply> Pipeline(string id, CancellationToken cancellation) => Get($"pipeline/{id}", cancellation);

    public Task<ApiReply> Workflows(string pipeline, CancellationToken cancellation) => List($"pipeline/{pipeline}/workflow", cancellation);

    public Task<ApiReply> Workflow(string id, CancellationToken cancellation) => Get($"workflow/{id}", cancellation);

    public Task<ApiReply> Jobs(string workflow, CancellationToken cancellation) => List($"workflow/{workflow}/job", cancellation);

    public Task<ApiReply> Approve(string workflow, string request, CancellationToken cancellation) =>
        Post($"workflow/{workflow}/approve/{request}", body: null, cancellation);

    public Task<ApiReply> Cancel(string workflow, CancellationToken cancellation) => Post($"workflow/{workflow}/cancel", body: null, cancellation);

    public Task<ApiReply> CancelJob(string job, CancellationToken cancellation) => Post($"jobs/{job}/cancel", body: null, cancellation);

    public void Dispose() => _http.Dispose();

    private Task<ApiReply> Get(string path, CancellationToken cancellation) => Send(new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    /// <summary>All pages of a list as one.</summary>
    private async Task<ApiReply> List(string path, CancellationToken cancellation)
    {
        var reply = await Get(path, cancellation);
        var items = reply.Items.ToList();
        for (var page = reply; page.Text("next_page_token") is { Length: > 0 } next;)
        {
            page = await Get($"{path}?page-token={Uri.EscapeDataString(next)}", cancellation);
            if (page.Problem is not null)
                return page;
            items.AddRange(page.Items);
        }

        return reply with { Items = items };
    }

    private Task<ApiReply> Post(string path, Action<Utf8JsonWriter>? body, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        if (body is not null)
        {
            using var json = new Utf8JsonWriter(bytes);
            body(json);
        }

        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, cancellation);
    }

    private async Task<ApiReply> Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using (request)
            {
                using var response = await _http.SendAsync(request, cancellation);
                var text = await response.Content.ReadAsStringAsync(cancellation);
                return Read(response.StatusCode, text);
            }
        }
        catch (HttpRequestException refused)
        {
            return new ApiReply(0, default, refused.Message);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ApiReply(0, default, $"no answer within {Patience.TotalSeconds} s");
        }
    }

    private static ApiReply Read(HttpStatusCode status, string text)
    {
        try
        {
            var body = JsonElement.Parse(text);
            var isDone = (int)status is >= 200 and < 300;
            return new ApiReply((int)status, body, isDone ? null : $"{(int)status}: {Message(body) ?? text}");
        }
        catch (JsonException)
        {
            return new ApiReply((int)status, default, $"{(int)status}: the answer is no JSON");
        }
    }

    private static string? Message(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
}

/// <param name="Status">HTTP's, or 0 when nobody answered.</param>
/// <param name="Problem">Null when it was done.</param>
public sealed record ApiReply(int Status, JsonElement Body, string? Problem)
{
    /// <summary>The things that were asked for, of all pages.</summary>
    public IReadOnlyList<JsonElement> Items { get; init; } =
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];

    public string Text(string name) => Text(Body, name);

    public static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
