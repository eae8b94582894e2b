using System.Buffers.Binary;
using System.Security.Cryptography;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>
/// A plan as it travels: encrypted and authenticated together with everything it depends on. Its bytes are
/// `SIGNALBOX PLAN 1`, the manifest's length (4 bytes, big endian), the manifest (JSON), a nonce (12 bytes),
/// the encrypted contents, and the tag (16 bytes). Everything before the nonce is the associated data of
/// AES-256-GCM (NIST SP 800-38D), so no byte of the file can change unnoticed.
/// </summary>
public sealed class SealedPlan
{
    /// <summary>A plan file larger than this is refused before it is read: 1 GiB.</summary>
    public const long LargestFile = 1L << 30;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static readonly Rule NotASealedPlan = new("SB3203", Severity.Error, "The file is not a sealed plan");
    private static readonly Rule SealBroken = new("SB3204", Severity.Error, "The seal is broken");
    private static readonly Rule CannotRead = new("SB3205", Severity.Error, "The plan file cannot be read");

    private readonly byte[] _bytes;
    private readonly int _headLength;

    private SealedPlan(byte[] bytes, int headLength, PlanManifest manifest) =>
        (_bytes, _headLength, UntrustedManifest, Digest) = (bytes, headLength, manifest, PlanDigest.Of(bytes));

    private static ReadOnlySpan<byte> Magic => "SIGNALBOX PLAN 1"u8;

    /// <summary>What the file says of itself. Believe it only from an <see cref="OpenedPlan"/>.</summary>
    public PlanManifest UntrustedManifest { get; }

    public PlanDigest Digest { get; }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public static SealedPlan Seal(PlanManifest manifest, PlanContents contents, PlanKey key)
    {
        var json = manifest.ToJson();
        var plain = contents.ToBytes();
        var headLength = Magic.Length + sizeof(int) + json.Length;
        var bytes = new byte[headLength + NonceLength + plain.Length + TagLength];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(Magic.Length), json.Length);
        json.CopyTo(bytes, Magic.Length + sizeof(int));
        RandomNumberGenerator.Fill(bytes.AsSpan(headLength, NonceLength));

        var sealedPlan = new SealedPlan(bytes, headLength, manifest);
        using var cipher = new AesGcm(key.Bytes, TagLength);
        cipher.Encrypt(sealedPlan.Nonce, plain, sealedPlan.Cipher, sealedPlan.Tag, sealedPlan.Head);
        CryptographicOperations.ZeroMemory(plain);
        return new SealedPlan(bytes, headLength, manifest);
    }

    public static async Task<Outcome<SealedPlan>> Read(string path, CancellationToken cancellation)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > LargestFile)
                return NotASealedPlan.Without($"`{path}` is {length / (1 << 20)} MiB long, larger than any plan", "name a file that `signalbox plan` wrote");
            return Parse(path, await File.ReadAllBytesAsync(path, cancellation));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return CannotRead.Without($"there is no file `{path}`", "name a file that `signalbox plan` wrote");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CannotRead.Without($"`{path}` cannot be read: {e.Message}", "check the path and its permissions");
        }
    }

    /// <param name="path">Only for messages.</param>
    public static Outcome<SealedPlan> Parse(string path, byte[] bytes)
    {
        var start = Magic.Length + sizeof(int);
        if (bytes.Length < start || !bytes.AsSpan().StartsWith(Magic))
            return NotASealedPlan.Without($"`{path}` does not begin as a sealed plan does", "name a file that `signalbox plan` wrote");
        var manifestLength = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(Magic.Length));
        if (manifestLength < 0 || manifestLength > bytes.Length - start - NonceLength - TagLength)
            return NotASealedPlan.Without($"`{path}` is cut short", "copy the file again, or plan again");
        return PlanManifest.FromJson(bytes.AsSpan(start, manifestLength)) is { } manifest
            ? new SealedPlan(bytes, start + manifestLength, manifest)
            : NotASealedPlan.Without($"the manifest of `{path}` cannot be read", "use the version of signalbox that made the plan, or plan again");
    }

    /// <summary>Checks the seal over every byte and decrypts the contents.</summary>
    public Outcome<OpenedPlan> Open(PlanKey key)
    {
        var plain = new byte[Cipher.Length];
        try
        {
            using var cipher = new AesGcm(key.Bytes, TagLength);
            cipher.Decrypt(Nonce, Cipher, Tag, plain, Head);
        }
        catch (AuthenticationTagMismatchException)
        {
            return SealBroken.Without(
                $"plan {Digest} was changed after it was sealed, or was sealed with another key",
                "plan again; if nobody changed the file, check that `SIGNALBOX_PLAN_KEY` is the key of the machine that planned");
        }

        return PlanContents.FromBytes(plain) is { } contents
            ? OpenedPlan.Of(this, contents)
            : SealBroken.Without($"the contents of plan {Digest} cannot be read", "use the version of signalbox that made the plan, or plan again");
    }

    private ReadOnlySpan<byte> Head => _bytes.AsSpan(0, _headLength);

    private ReadOnlySpan<byte> Nonce => _bytes.AsSpan(_headLength, NonceLength);

    private Span<byte> Cipher => _bytes.AsSpan(_headLength + NonceLength, _bytes.Length - _headLength - NonceLength - TagLength);

    private Span<byte> Tag => _bytes.AsSpan(_bytes.Length - TagLength);
}
