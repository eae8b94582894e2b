using System.Net.Http.Headers;
using System.Text.Json;

namespace Signalbox.Cli.Delivering;

/// <summary>The engine that runs this job, asked through CircleCI's HTTP API v2: ours on this machine, or circleci.com.</summary>
internal sealed class EngineApi : IDisposable
{
    private const string CircleCi = "https://circleci.com";

    private readonly HttpClient _client;

    private EngineApi(string address, string token)
    {
        Address = address;
        _client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(15) };
        _client.DefaultRequestHeaders.Add("Circle-Token", token);
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    public string Address { get; }

    /// <returns>Null without a token: nobody would be answered.</returns>
    public static EngineApi? Of(IReadOnlyDictionary<string, string> variables)
    {
        var address = variables.GetValueOrDefault("SIGNALBOX_API_URL") is { Length: > 0 } local ? local : CircleCi;
        var token = variables.GetValueOrDefault("SIGNALBOX_API_TOKEN") is { Length: > 0 } own ? own : variables.GetValueOrDefault("CIRCLE_TOKEN");
        return token is { Length: > 0 } ? new EngineApi(address, token) : null;
    }

    /// <summary>Whether what was thrown says that the engine gave no usable answer.</summary>
    public static bool IsNoAnswer(Exception thrown, CancellationToken cancellation) =>
        thrown is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException || (thrown is TaskCanceledException && !cancellation.IsCancellationRequested);

    /// <param name="path">Below the address, as in `/api/v2/workflow/ID`.</param>
    /// <exception cref="HttpRequestException">There is no answer, or it is no success.</exception>
    /// <exception cref="JsonException">The answer is no JSON.</exception>
    public async Task<JsonDocument> Get(string path, CancellationToken cancellation) =>
        JsonDocument.Parse(await _client.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancellation));

    /// <returns>Null when there is no such member, or it is no text.</returns>
    public static string? Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public void Dispose() => _client.Dispose();
}
