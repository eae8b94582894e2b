using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register.Leases;

/// <summary>Who may deliver an environment now, as it is stored.</summary>
public sealed record LeaseRecord
{
    /// <summary>Rises with every taking, so that what an earlier holder still does can be told from what the present one does.</summary>
    public required long Token { get; init; }

    /// <summary>Null when nobody holds it.</summary>
    public required LeaseHolder? Holder { get; init; }

    /// <summary>Rises while the holder lives; a waiter watches it by its own clock, so no two clocks need to agree.</summary>
    public required long Beat { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, LeaseJson.Default.LeaseRecord);

    /// <returns>Null when the bytes are no lease.</returns>
    public static LeaseRecord? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LeaseJson.Default.LeaseRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="Who">The person, as the register names actors.</param>
/// <param name="Doing">For example `applying plan 3b0c5e1d2f4a`.</param>
/// <param name="Machine">One boot of one machine.</param>
/// <param name="Process">The process id there.</param>
/// <param name="Started">The process's start, as <see cref="Processes.ProcessIdentity"/> tells it.</param>
/// <param name="Run">The pipeline run, when one does it.</param>
public sealed record LeaseHolder(string Who, string Doing, DateTimeOffset Since, string Machine, int Process, string Started, string? Run)
{
    public override string ToString() =>
        $"{Who} has been {Doing} since {Since.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z (process {Process} on {Machine.Split(' ')[0]}{(Run is null ? "" : $", run {Run}")})";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LeaseRecord))]
internal sealed partial class LeaseJson : JsonSerializerContext;

/// <summary>What can be wrong with a lease.</summary>
public static class LeaseRules
{
    public static readonly Rule Held = new("SB3500", Severity.Error, "Another delivery of the environment is under way");
    public static readonly Rule Unusable = new("SB3501", Severity.Error, "The environment's lease cannot be taken");
    public static readonly Rule Lost = new("SB3502", Severity.Warning, "The environment's lease was taken over");
}
