using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Signalbox.Delivery.Register;

/// <summary>
/// Entries as canonical JSON (RFC 8785): no blanks, members in the order of their names, `"` and `\` the only escapes.
/// One entry has one spelling, so its hash means one thing.
/// </summary>
internal static class RegisterJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The entry with its hash, computed.</summary>
    public static RegisterEntry Hashed(RegisterEntry entry) => entry with { Hash = Spell(new(1024), entry).HashWithoutHash };

    public static ReadOnlyMemory<byte> Write(RegisterEntry entry)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        CanonicalJson.Write(bytes, entry);
        return bytes.WrittenMemory;
    }

    /// <summary>Writes the entry's one spelling into <paramref name="bytes"/>, and hashes it as if it had no hash.</summary>
    public static (ReadOnlyMemory<byte> Spelling, string HashWithoutHash) Spell(ArrayBufferWriter<byte> bytes, RegisterEntry entry)
    {
        bytes.ResetWrittenCount();
        var (start, length) = CanonicalJson.Write(bytes, entry);
        var spelling = bytes.WrittenMemory;
        var rest = bytes.GetSpan(spelling.Length - length)[..(spelling.Length - length)];
        spelling = bytes.WrittenMemory; // the room for the rest may have moved it
        spelling.Span[..start].CopyTo(rest);
        spelling.Span[(start + length)..].CopyTo(rest[start..]);
        return (spelling, Convert.ToHexStringLower(SHA256.HashData(rest)));
    }

    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Null for anything that is not an entry of a shape that this program writes.</summary>
    public static RegisterEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 3 });
            return RegisterEntryReader.Read(ref reader);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null; // InvalidOperationException: text that is no UTF-8
        }
    }

    public static bool TryParseStamp(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    public static bool IsHash(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.AsSpan().IndexOfAnyExcept(HexDigits) < 0;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
}
