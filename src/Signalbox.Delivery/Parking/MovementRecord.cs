using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Delivery.Parking.Metering;

namespace Signalbox.Delivery.Parking;

/// <summary>What one movement changes, as it travels in a plan's manifest and stays in the register. Holds no secret.</summary>
public sealed record MovementRecord
{
    /// <summary>`parked` or `unparked`: where it leads.</summary>
    public required string To { get; init; }

    public IReadOnlyList<MovedValue> Values { get; init; } = [];

    /// <summary>What the movement removes.</summary>
    public IReadOnlyList<MovedResource> Removed { get; init; } = [];

    /// <summary>What it creates.</summary>
    public IReadOnlyList<MovedResource> Created { get; init; } = [];

    /// <summary>What is drained before Terraform starts.</summary>
    public IReadOnlyList<ServiceToDrain> Drained { get; init; } = [];

    /// <summary>What is billed by the hour, before and after, whether or not the movement changes it.</summary>
    public IReadOnlyList<MeteredQuantity> Metered { get; init; } = [];

    [JsonIgnore]
    public bool ChangesAnything => Values.Count + Removed.Count + Created.Count > 0;

    /// <summary>
    /// One record of an earlier attempt and a later one at the same movement: what the earlier attempt found is what
    /// was there before.
    /// </summary>
    public MovementRecord After(MovementRecord earlier) => this with
    {
        Values = [.. earlier.Values.Concat(Values).DistinctBy(value => (value.Address, value.Path))],
        Removed = [.. earlier.Removed.Concat(Removed).DistinctBy(resource => resource.Address, StringComparer.Ordinal)],
        Created = [.. earlier.Created.Concat(Created).DistinctBy(resource => resource.Address, StringComparer.Ordinal)],
        Metered = MeteredQuantity.Joined(earlier.Metered, Metered),
    };

    public string ToJson() => JsonSerializer.Serialize(this, MovementJson.Default.MovementRecord);

    /// <returns>Null when the text is no record that this version reads.</returns>
    public static MovementRecord? FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, MovementJson.Default.MovementRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="Path">Such as `serverlessv2_scaling_configuration[0].min_capacity`.</param>
/// <param name="Before">JSON text; null for nothing.</param>
/// <param name="After">JSON text; null for nothing, or for what is only known after the apply.</param>
public sealed record MovedValue(string Address, string Type, string Path, string? Before, string? After);

/// <param name="Attributes">
/// A digest of each attribute that was set, to tell whether the same comes back; without the sensitive ones. Empty for
/// what is created.
/// </param>
public sealed record MovedResource(string Address, string Type, IReadOnlyDictionary<string, string> Attributes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MovementRecord))]
internal sealed partial class MovementJson : JsonSerializerContext;
