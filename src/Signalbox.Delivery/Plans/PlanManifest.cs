using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Parking;

namespace Signalbox.Delivery.Plans;

/// <summary>
/// Everything a sealed plan depends on. It is the associated data of the seal: readable by all, and a change of one
/// character of it breaks the seal.
/// </summary>
public sealed record PlanManifest
{
    public const int CurrentFormat = 2;

    public required int Format { get; init; }
    public required string Environment { get; init; }

    /// <summary>`sandbox` or `aws`.</summary>
    public required string Target { get; init; }

    /// <summary>The 12-digit account id that the plan was made in.</summary>
    public required string Account { get; init; }

    /// <summary>The Terraform root module, relative to the repository.</summary>
    public required string Root { get; init; }

    /// <summary>The commit that was checked out, 40 or 64 hexadecimal digits; null outside a repository.</summary>
    public required string? Commit { get; init; }

    /// <summary>The checkout held changes that were not committed.</summary>
    public required bool Dirty { get; init; }
    public required string InputsDigest { get; init; }
    public required IReadOnlyList<ManifestInput> Inputs { get; init; }
    public required ManifestTool Terraform { get; init; }
    public required IReadOnlyList<ManifestTool> Providers { get; init; }
    public required string Backend { get; init; }
    public required string StateLineage { get; init; }
    public required long StateSerial { get; init; }

    /// <summary>`parked` or `unparked`: what the environment shall be after the apply. Null when it cannot be parked.</summary>
    public required string? ParkIntent { get; init; }

    /// <summary>What a park or an unpark changes; null for an ordinary plan.</summary>
    public MovementRecord? Movement { get; init; }

    /// <summary>
    /// Digests of earlier plans that mean exactly the same, and whose approvals count for this one as far as the policy
    /// carries approvals over; null without any.
    /// </summary>
    public IReadOnlyList<string>? SameAs { get; init; }

    /// <summary>`note`, `hold` or `deny`: the strongest finding; `clear` without any.</summary>
    public required string Verdict { get; init; }
    public required IReadOnlyList<ManifestFinding> Findings { get; init; }
    public required string Author { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    [JsonIgnore]
    public PlanInputs PlanInputs => new([.. Inputs.Select(input => new PlanInput(input.Path, input.Sha256))]);

    [JsonIgnore]
    public StateIdentity State => new(StateLineage, StateSerial);

    [JsonIgnore]
    public Target? KnownTarget => TargetWords.Parse(Target);

    [JsonIgnore]
    public IEnumerable<PlanDigest> SamePlans => (SameAs ?? []).Select(PlanDigest.Parse).OfType<PlanDigest>();

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.PlanManifest);

    /// <returns>Null when the bytes are no manifest of a format that this program knows.</returns>
    internal static PlanManifest? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ManifestJson.Default.PlanManifest) is { Format: CurrentFormat } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

public sealed record ManifestInput(string Path, string Sha256);

public sealed record ManifestTool(string Name, string Version)
{
    public override string ToString() => $"{Name} {Version}";
}

public sealed record ManifestFinding(string Code, string Judgement, string Address, string Message, string? Hint);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(PlanManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
