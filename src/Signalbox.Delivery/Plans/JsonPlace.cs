namespace Signalbox.Delivery.Plans;

/// <summary>A place in a JSON document that is worth visiting. What has no place is skipped without being held.</summary>
internal sealed class JsonPlace
{
    /// <summary>The value here is handed over whole, as this piece.</summary>
    public PlanPiece? Piece { get; init; }

    public Dictionary<string, JsonPlace> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>The place of each property that has no place of its own.</summary>
    public JsonPlace? EveryProperty { get; init; }

    public JsonPlace? Items { get; set; }

    public JsonPlace? Property(string name) => Properties.GetValueOrDefault(name) ?? EveryProperty;

    public static implicit operator JsonPlace(PlanPiece piece) => new() { Piece = piece };
}
