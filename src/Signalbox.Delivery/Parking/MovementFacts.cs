using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Signalbox.Delivery.Parking.Metering;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Parking;

/// <summary>A movement's record as facts of a register entry: one fact an item, because a fact's length is limited.</summary>
internal static class MovementFacts
{
    private const string Changed = "changed";
    private const string Removed = "removed";
    private const string Created = "created";
    private const string Billed = "billed";

    /// <summary>How the names begin of facts that tell what was billed, as an entry spells them.</summary>
    public static ReadOnlySpan<byte> BilledNames => "\"billed_"u8;

    public static ValueList<RegisterFact> Of(MovementRecord record) =>
    [
        .. Facts(Changed, record.Values, FactJson.Default.MovedValue),
        .. Facts(Removed, record.Removed, FactJson.Default.MovedResource),
        .. Facts(Created, record.Created, FactJson.Default.MovedResource),
        .. Facts(Billed, record.Metered, FactJson.Default.MeteredQuantity),
    ];

    /// <summary>What cannot be read is passed over: what is missing then is held for a person at the unpark.</summary>
    public static MovementRecord Read(ParkState to, ValueList<RegisterFact> facts) => new()
    {
        To = to.Word(),
        Values = [.. Items(facts, Changed, FactJson.Default.MovedValue)],
        Removed = [.. Items(facts, Removed, FactJson.Default.MovedResource)],
        Created = [.. Items(facts, Created, FactJson.Default.MovedResource)],
        Metered = [.. Items(facts, Billed, FactJson.Default.MeteredQuantity)],
    };

    private static IEnumerable<RegisterFact> Facts<T>(string name, IReadOnlyList<T> items, JsonTypeInfo<T> type) =>
        items.Select((item, index) => new RegisterFact($"{name}_{index + 1}", JsonSerializer.Serialize(item, type)));

    private static IEnumerable<T> Items<T>(ValueList<RegisterFact> facts, string name, JsonTypeInfo<T> type)
        where T : class
    {
        foreach (var fact in facts)
        {
            if (fact.Name.StartsWith(name, StringComparison.Ordinal) && fact.Name.Length > name.Length && fact.Name[name.Length] == '_' && Parse(fact.Value, type) is { } item)
                yield return item;
        }
    }

    private static T? Parse<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MovedValue))]
[JsonSerializable(typeof(MovedResource))]
[JsonSerializable(typeof(MeteredQuantity))]
internal sealed partial class FactJson : JsonSerializerContext;
