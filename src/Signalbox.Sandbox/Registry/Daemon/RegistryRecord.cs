using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Processes;
using Signalbox.Sandbox.Daemons;

namespace Signalbox.Sandbox.Registry.Daemon;

/// <summary>Which processes are the registry, as its face wrote it. A claim: the checks check it.</summary>
/// <param name="Store">The docker-registry behind the face, which a killed face leaves behind.</param>
/// <param name="Token">New at every start; the face shows it to whoever asks whether it is the one of the record.</param>
internal sealed record RegistryRecord(
    int Process, string ProcessStarted, int Store, string StoreStarted, int Port, string Token, string Build, DateTimeOffset StartedAt)
{
    [JsonIgnore]
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The part of the command line that tells a face of this folder from every other process.</summary>
    public static string Words(RegistryFolder folder) => $"sandbox registry --folder {folder.Path}";

    /// <summary>The same for the docker-registry behind it.</summary>
    public static string StoreWords(RegistryFolder folder) => $"serve {folder.SettingsFile}";

    /// <summary>Null when there is none, or none that can be read: both mean that no registry can be found.</summary>
    public static async Task<RegistryRecord?> Read(RegistryFolder folder, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(folder.RecordFile);
            return await JsonSerializer.DeserializeAsync(file, RegistryRecordJson.Default.RegistryRecord, cancellation);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public Task Write(RegistryFolder folder, CancellationToken cancellation) =>
        Private.File(folder.RecordFile, JsonSerializer.Serialize(this, RegistryRecordJson.Default.RegistryRecord), cancellation);

    /// <summary>Null when the process is gone, or is not a face of this folder.</summary>
    public Task<DaemonProcess?> Check(RegistryFolder folder, CancellationToken cancellation) =>
        DaemonProcess.Check(new ProcessIdentity(Process, ProcessStarted), Words(folder), cancellation);

    public Task<DaemonProcess?> CheckStore(RegistryFolder folder, CancellationToken cancellation) =>
        DaemonProcess.Check(new ProcessIdentity(Store, StoreStarted), StoreWords(folder), cancellation);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RegistryRecord))]
internal sealed partial class RegistryRecordJson : JsonSerializerContext;
