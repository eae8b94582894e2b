using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Signalbox.Sandbox.Snapshots;

/// <summary>What is known of a recorded account. The seal covers all of it, so none of it can be changed alone.</summary>
/// <param name="Build">The digest of the launcher that took it: another one's models may not fit.</param>
/// <param name="Sha256">Of the account's bytes, which lie in a file of that name.</param>
/// <param name="Seal">HMAC-SHA256 with this machine's key.</param>
public sealed record SnapshotRecord(string Name, DateTimeOffset CreatedAt, string Build, string Moto, string Sha256, long Size, string Seal)
{
    internal SnapshotRecord Sealed(byte[] key) => this with { Seal = SealWith(key) };

    internal bool IsSealedWith(byte[] key) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Seal),
        Encoding.UTF8.GetBytes(SealWith(key)));

    private string SealWith(byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(
        key,
        Encoding.UTF8.GetBytes($"signalbox snapshot 1\n{Name}\n{CreatedAt:O}\n{Build}\n{Moto}\n{Sha256}\n{Size}\n")));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SnapshotRecord))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
