using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Delivery.Plans;

/// <summary>What the seal hides: Terraform's plan file, what a person reviewed, and the values that must not be shown.</summary>
/// <param name="Review">The plan's summary as JSON, without sensitive values.</param>
/// <param name="Secrets">Sensitive values in the plan, to keep them out of the apply's output.</param>
/// <param name="Fingerprints">What it means, to compare a later plan with.</param>
public sealed record PlanContents(
    ReadOnlyMemory<byte> TerraformPlan, ReadOnlyMemory<byte> Review, IReadOnlyList<string> Secrets, IReadOnlyList<ChangeFingerprint> Fingerprints)
{
    /// <summary>Three parts with their lengths before them, then the rest.</summary>
    internal byte[] ToBytes()
    {
        var secrets = JsonSerializer.SerializeToUtf8Bytes(Secrets, SecretsJson.Default.IReadOnlyListString);
        var fingerprints = JsonSerializer.SerializeToUtf8Bytes(Fingerprints, FingerprintsJson.Default.IReadOnlyListChangeFingerprint);
        var bytes = new byte[(3 * sizeof(int)) + Review.Length + secrets.Length + fingerprints.Length + TerraformPlan.Length];
        var rest = Put(Put(Put(bytes, Review.Span), secrets), fingerprints);
        TerraformPlan.Span.CopyTo(rest);
        return bytes;
    }

    internal static PlanContents? FromBytes(ReadOnlyMemory<byte> bytes)
    {
        if (Take(ref bytes) is not { } review || Take(ref bytes) is not { } secrets || Take(ref bytes) is not { } fingerprints)
            return null;
        return JsonSerializer.Deserialize(secrets.Span, SecretsJson.Default.IReadOnlyListString) is { } values
            && JsonSerializer.Deserialize(fingerprints.Span, FingerprintsJson.Default.IReadOnlyListChangeFingerprint) is { } meaning
                ? new PlanContents(bytes, review, values, meaning)
                : null;
    }

    private static Span<byte> Put(Span<byte> target, ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt32BigEndian(target, part.Length);
        part.CopyTo(target[sizeof(int)..]);
        return target[(sizeof(int) + part.Length)..];
    }

    private static ReadOnlyMemory<byte>? Take(ref ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < sizeof(int))
            return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes.Span);
        if (length < 0 || length > bytes.Length - sizeof(int))
            return null;
        var part = bytes.Slice(sizeof(int), length);
        bytes = bytes[(sizeof(int) + length)..];
        return part;
    }
}

[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class SecretsJson : JsonSerializerContext;
