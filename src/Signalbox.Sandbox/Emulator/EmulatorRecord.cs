using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Processes;
using Signalbox.Sandbox.Daemons;

namespace Signalbox.Sandbox.Emulator;

/// <summary>Which process is the emulator, as the launcher wrote it. A claim: <see cref="Check"/> checks it.</summary>
/// <param name="Port">Null until the emulator answers.</param>
/// <param name="Token">Opens the emulator's own doors; new at every start.</param>
/// <param name="Build">The launcher's digest.</param>
internal sealed record EmulatorRecord(
    int Process,
    string ProcessStarted,
    int? Port,
    string Token,
    string Build,
    string Moto,
    DateTimeOffset StartedAt)
{
    /// <summary>Null when there is none, or none that can be read: both mean that no emulator can be found.</summary>
    public static async Task<EmulatorRecord?> Read(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync(file, EmulatorJson.Default.EmulatorRecord, cancellation);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Null when the process is gone, or is not an emulator of this folder.</summary>
    public Task<DaemonProcess?> Check(SandboxFolder folder, CancellationToken cancellation) =>
        DaemonProcess.Check(new ProcessIdentity(Process, ProcessStarted), EmulatorLauncher.Words(folder), cancellation);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EmulatorRecord))]
[JsonSerializable(typeof(DoorAnswer))]
internal sealed partial class EmulatorJson : JsonSerializerContext;

/// <summary>What a door of the emulator says; see doors.py.</summary>
internal sealed record DoorAnswer(int? Process = null, string? Problem = null);
