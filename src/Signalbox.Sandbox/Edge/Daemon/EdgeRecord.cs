using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Processes;
using Signalbox.Sandbox.Daemons;

namespace Signalbox.Sandbox.Edge.Daemon;

/// <summary>Which process is the edge, as it wrote it itself. A claim: <see cref="Check"/> checks it.</summary>
/// <param name="Port">Of HTTPS.</param>
/// <param name="DoorPort">Of the edge's own door, in the clear, for Signalbox alone.</param>
/// <param name="Token">Opens the door; new at every start.</param>
/// <param name="Build">Which program it is.</param>
internal sealed record EdgeRecord(int Process, string ProcessStarted, int Port, int DoorPort, string Token, string Build, DateTimeOffset StartedAt)
{
    /// <summary>The part of the command line that tells an edge of this folder from every other process.</summary>
    public static string Words(EdgeFolder folder) => $"sandbox edge --folder {folder.Path}";

    /// <summary>Null when there is none, or none that can be read: both mean that no edge can be found.</summary>
    public static async Task<EdgeRecord?> Read(EdgeFolder folder, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(folder.RecordFile);
            return await JsonSerializer.DeserializeAsync(file, EdgeRecordJson.Default.EdgeRecord, cancellation);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public Task Write(EdgeFolder folder, CancellationToken cancellation) =>
        Private.File(folder.RecordFile, JsonSerializer.Serialize(this, EdgeRecordJson.Default.EdgeRecord), cancellation);

    /// <summary>Null when the process is gone, or is not an edge of this folder.</summary>
    public Task<DaemonProcess?> Check(EdgeFolder folder, CancellationToken cancellation) =>
        DaemonProcess.Check(new ProcessIdentity(Process, ProcessStarted), Words(folder), cancellation);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EdgeRecord))]
internal sealed partial class EdgeRecordJson : JsonSerializerContext;
