using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Journal;
using Signalbox.Processes;

namespace Signalbox.CircleCi.Api;

/// <summary>Where the engine that drives a run is reached, and with which token.</summary>
public sealed record EngineAddress(Uri Url, int ProcessId, string Started)
{
    private const int TokenBytes = 32;

    /// <summary>The token of a project's engines: made once, readable by its owner only.</summary>
    public static async Task<string> Token(RunFolders folders, CancellationToken cancellation)
    {
        if (await ReadToken(folders, cancellation) is { } token)
            return token;
        await DurableFile.Write(folders.ApiToken, System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes))), cancellation);
        return await ReadToken(folders, cancellation) ?? throw new IOException($"{folders.ApiToken} was deleted");
    }

    /// <summary>Says where the API of this process listens, to whoever wants to reach the run.</summary>
    public static async Task Publish(RunFolders folders, RunId run, Uri url, CancellationToken cancellation)
    {
        var own = await ProcessIdentity.Of(Environment.ProcessId, cancellation);
        var address = new EngineAddress(url, own!.Id, own.Started);
        await DurableFile.Write(folders.Address(run), JsonSerializer.SerializeToUtf8Bytes(address, EngineAddressJson.Default.EngineAddress), cancellation);
    }

    /// <summary>The engine that drives a run now, or null when none does.</summary>
    public static async Task<EngineAddress?> Of(RunFolders folders, RunId run, CancellationToken cancellation)
    {
        if (!File.Exists(folders.Address(run)))
            return null;
        var address = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(folders.Address(run), cancellation), EngineAddressJson.Default.EngineAddress);
        return address is not null && await new ProcessIdentity(address.ProcessId, address.Started).IsAlive(cancellation) ? address : null;
    }

    /// <summary>A client for this engine.</summary>
    public async Task<CircleCiClient> Connect(RunFolders folders, string person, CancellationToken cancellation) =>
        new(Url, await Token(folders, cancellation), person);

    private static async Task<string?> ReadToken(RunFolders folders, CancellationToken cancellation) =>
        File.Exists(folders.ApiToken) && await File.ReadAllTextAsync(folders.ApiToken, cancellation) is { Length: TokenBytes * 2 } token ? token : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EngineAddress))]
internal sealed partial class EngineAddressJson : JsonSerializerContext;
