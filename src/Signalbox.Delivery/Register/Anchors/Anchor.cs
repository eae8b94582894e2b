using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Delivery.Register.Anchors;

/// <summary>What a person signs of a register: it has this entry, with this hash, and so everything before it.</summary>
/// <param name="At">When, by the signer's clock, to the second; the key must be valid at that time.</param>
public sealed record Anchor(RegisterHead Head, string Signer, DateTimeOffset At)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static Anchor New(RegisterHead head, string signer, DateTimeOffset now) => new(head, RegisterText.Of(signer), now);

    /// <summary>One line of JSON, members in the order of their names.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(
        new AnchorStatement(At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture), Head.Hash, Head.Sequence, Signer), AnchorJson.Default.AnchorStatement);

    /// <returns>Null when the line is no statement of a head.</returns>
    public static Anchor? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AnchorJson.Default.AnchorStatement) is { AnchoredAt: { } at, Hash: { } hash, Signer: { Length: > 0 } signer, Sequence: > 0 } statement
                && RegisterJson.IsHash(hash)
                && DateTimeOffset.TryParseExact(at, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? new Anchor(new RegisterHead(statement.Sequence, hash), signer, time)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record AnchorStatement(string? AnchoredAt, string? Hash, long Sequence, string? Signer);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AnchorStatement))]
internal sealed partial class AnchorJson : JsonSerializerContext;
