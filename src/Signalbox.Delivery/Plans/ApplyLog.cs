using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Journal;

namespace Signalbox.Delivery.Plans;

/// <summary>One line of the apply log.</summary>
/// <param name="Event">`applying`, `applied` or `failed`.</param>
/// <param name="Serial">The state's serial that the plan was made on.</param>
public sealed record ApplyLogEntry(
    DateTimeOffset At, string Event, string Environment, string Target, string Account, string Digest, string? Approver, string? Commit, long Serial, double Seconds);

/// <summary>What was applied from this checkout, a line each (NDJSON), so that the next command can say what happened before.</summary>
public sealed class ApplyLog(string file)
{
    public Task Append(ApplyLogEntry entry, CancellationToken cancellation) =>
        DurableFile.AppendLine(file, JsonSerializer.SerializeToUtf8Bytes(entry, ApplyLogJson.Default.ApplyLogEntry), cancellation);

    /// <summary>What was applied to one environment after a moment; a line that was cut by a crash is passed over.</summary>
    public async Task<IReadOnlyList<ApplyLogEntry>> AppliedSince(string environment, string target, DateTimeOffset since, CancellationToken cancellation)
    {
        if (!File.Exists(file))
            return [];
        var lines = await File.ReadAllLinesAsync(file, cancellation);
        return [.. lines.Select(Parse).OfType<ApplyLogEntry>().Where(entry => entry.Environment == environment && entry.Target == target && entry.At > since && entry.Event is not "applying")];
    }

    private static ApplyLogEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ApplyLogJson.Default.ApplyLogEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApplyLogEntry))]
internal sealed partial class ApplyLogJson : JsonSerializerContext;
