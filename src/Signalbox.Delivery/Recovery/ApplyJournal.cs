using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Recovery;

/// <summary>One thing that an apply did to one resource.</summary>
/// <param name="Event">`started`, `completed` or `errored`.</param>
/// <param name="Action">Terraform's word: `create`, `update`, `delete`, …; `drain` before Terraform.</param>
/// <param name="Id">What the resource is called in the account, once Terraform said so.</param>
public sealed record JournalledEvent(string Event, string Address, string Action, string? Id)
{
    /// <returns>Null for what says nothing about a resource's fate.</returns>
    public static JournalledEvent? Of(TerraformEvent happened) => happened switch
    {
        TerraformEvent.Started started => new("started", started.Address, started.Action, Id: null),
        TerraformEvent.Completed completed => new("completed", completed.Address, completed.Action, completed.Identifier),
        TerraformEvent.Errored errored => new("errored", errored.Address, errored.Action, Id: null),
        _ => null,
    };
}

/// <summary>
/// What Terraform said while it applied a plan, a line each, on the disk as it comes. Terraform itself keeps what it
/// made in memory for up to half a minute: after a kill this is all there is.
/// </summary>
public sealed class ApplyJournal : IDisposable
{
    private readonly FileStream _file;

    private ApplyJournal(FileStream file) => _file = file;

    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ApplyJournal Begin(string folder, PlanDigest plan)
    {
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new ApplyJournal(new FileStream(PathOf(folder, plan), options));
    }

    /// <summary>Told of every event; what says nothing about a resource's fate is left out.</summary>
    public void Take(TerraformEvent happened)
    {
        if (JournalledEvent.Of(happened) is not { } kept)
            return;
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(kept, JournalJson.Default.JournalledEvent), (byte)'\n']);
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Where Terraform itself writes what it says, while it applies: it may say more after this process was killed.</summary>
    public static string RecordOf(string folder, PlanDigest plan) => Path.Combine(folder, $"{plan.Hex}.terraform");

    /// <summary>Null when this machine kept none. A line that was cut short ends it.</summary>
    public static async Task<IReadOnlyList<JournalledEvent>?> Read(string folder, PlanDigest plan, CancellationToken cancellation)
    {
        if (!File.Exists(PathOf(folder, plan)))
            return null;
        var events = new List<JournalledEvent>();
        foreach (var line in await File.ReadAllLinesAsync(PathOf(folder, plan), cancellation))
        {
            try
            {
                if (JsonSerializer.Deserialize(line, JournalJson.Default.JournalledEvent) is { } happened)
                    events.Add(happened);
            }
            catch (JsonException)
            {
                break;
            }
        }

        return events;
    }

    public void Dispose() => _file.Dispose();

    private static string PathOf(string folder, PlanDigest plan) => Path.Combine(folder, $"{plan.Hex}.ndjson");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalledEvent))]
internal sealed partial class JournalJson : JsonSerializerContext;
