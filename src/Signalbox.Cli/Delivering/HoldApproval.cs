using System.Net.Http.Headers;
using System.Text.Json;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>Asks the engine, through CircleCI's HTTP API v2, who approved the hold job of the run that this job belongs to.</summary>
internal static class HoldApproval
{
    private static readonly Rule NoAnswer = new("SB3455", Severity.Warning, "The engine does not say who approved");

    private const string CircleCi = "https://circleci.com";

    /// <returns>The newest approver's name; null outside a run, and where no hold job was approved.</returns>
    public static async Task<Outcome<string>?> Read(IReadOnlyDictionary<string, string> variables, CancellationToken cancellation)
    {
        if (variables.GetValueOrDefault("CIRCLE_WORKFLOW_ID") is not { Length: > 0 } run)
            return null;
        var address = variables.GetValueOrDefault("SIGNALBOX_API_URL") is { Length: > 0 } local ? local : CircleCi;
        var token = variables.GetValueOrDefault("SIGNALBOX_API_TOKEN") is { Length: > 0 } own ? own : variables.GetValueOrDefault("CIRCLE_TOKEN");
        if (token is not { Length: > 0 })
            return null;

        using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(15) };
        client.DefaultRequestHeaders.Add("Circle-Token", token);
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var jobs = await Get(client, $"/api/v2/workflow/{Uri.EscapeDataString(run)}/job", cancellation);
            if (ApproverIn(jobs.RootElement) is not { } approver)
                return null;
            return await NameOf(client, approver, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return NoAnswer.Without($"{address} does not say who approved run {run}: {e.Message}", "check `SIGNALBOX_API_URL` and the token, or approve with `signalbox sign`");
        }
    }

    private static string? ApproverIn(JsonElement answer) => answer.GetProperty("items").EnumerateArray()
        .Where(job => Text(job, "type") == "approval" && Text(job, "status") == "success")
        .Select(job => Text(job, "approved_by"))
        .LastOrDefault(approver => approver is { Length: > 0 });

    /// <summary>CircleCI names a person by an id; who that is it tells apart, and not to everyone.</summary>
    private static async Task<string> NameOf(HttpClient client, string approver, CancellationToken cancellation)
    {
        if (!Guid.TryParse(approver, out _))
            return approver;
        try
        {
            using var user = await Get(client, $"/api/v2/user/{approver}", cancellation);
            return Text(user.RootElement, "login") is { Length: > 0 } login ? login : approver;
        }
        catch (HttpRequestException)
        {
            return approver;
        }
    }

    private static async Task<JsonDocument> Get(HttpClient client, string path, CancellationToken cancellation) =>
        JsonDocument.Parse(await client.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancellation));

    private static string? Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
