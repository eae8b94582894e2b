using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Config;

/// <summary>The public registry, asked only when a person says so (`--fetch-orbs`).</summary>
/// <param name="client">Its base address is the service's, such as `https://circleci.com/`.</param>
public sealed class OrbRegistry(HttpClient client)
{
    private const string Query = "query($ref:String!){orbVersion(orbVersionRef:$ref){version source}}";

    private static readonly Rule CannotFetch = new("SB1124", Severity.Error, "An orb cannot be fetched");

    /// <returns>The source; null when the registry does not know the orb.</returns>
    public async Task<Outcome<SourceText>?> Fetch(OrbReference orb, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "graphql-unstable") { Content = new ByteArrayContent(Body(orb)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await client.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                return Refused(orb, $"the registry answered {(int)response.StatusCode}");
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            if (!answer.RootElement.TryGetProperty("data", out var data) || !data.TryGetProperty("orbVersion", out var version) || version.ValueKind != JsonValueKind.Object)
                return null;
            var source = version.GetProperty("source").GetString() ?? "";
            return ConfigText.Decode($"{orb.Namespace}/{orb.Name}@{version.GetProperty("version").GetString()}", Encoding.UTF8.GetBytes(source));
        }
        catch (Exception failed) when (failed is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException || (failed is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return Refused(orb, failed.Message);
        }
    }

    private static Diagnostic Refused(OrbReference orb, string reason) =>
        CannotFetch.Without($"orb {Culprit.Quote(orb.ToString())} cannot be fetched: {reason}", "vendor it instead; without `--fetch-orbs` the diagnostic says how");

    private static byte[] Body(OrbReference orb)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("query"u8, Query);
            json.WriteStartObject("variables"u8);
            json.WriteString("ref"u8, orb.ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
