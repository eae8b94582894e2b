using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Signalbox.Delivery.Register;

/// <summary>
/// Entries as canonical JSON (RFC 8785): no blanks, members in the order of their names, `"` and `\` the only escapes.
/// One entry has one spelling, so its hash means one thing.
/// </summary>
internal static class RegisterJson
{
    /// <summary>The entry with its hash, computed.</summary>
    public static RegisterEntry Hashed(RegisterEntry entry) => entry with { Hash = Spell(new(1024), entry).HashWithoutHash };

    public static ReadOnlyMemory<byte> Write(RegisterEntry entry)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        CanonicalJson.Write(bytes, entry);
        return bytes.WrittenMemory;
    }

    /// <summary>A text as it stands between its quotes.</summary>
    public static byte[] Spelt(string text) =>
        Encoding.UTF8.GetBytes(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));

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

    public static string Stamp(DateTimeOffset at) => string.Create(24, at.UtcDateTime, static (text, time) =>
    {
        "0000-00-00T00:00:00.000Z".CopyTo(text);
        Put(text[..4], time.Year);
        Put(text[5..7], time.Month);
        Put(text[8..10], time.Day);
        Put(text[11..13], time.Hour);
        Put(text[14..16], time.Minute);
        Put(text[17..19], time.Second);
        Put(text[20..23], time.Millisecond);
    });

    private static void Put(Span<char> digits, int number)
    {
        for (var place = digits.Length - 1; place >= 0; place--, number /= 10)
            digits[place] = (char)('0' + (number % 10));
    }

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

    /// <summary>By hand: a general parser takes longer than all the rest of an entry.</summary>
    public static bool TryParseStamp(ReadOnlySpan<char> text, out DateTimeOffset at)
    {
        at = default;
        if (text is not [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, '.', _, _, _, 'Z'])
            return false;
        var (year, month, day) = (Digits(text, 0, 4), Digits(text, 5, 2), Digits(text, 8, 2));
        var (hour, minute, second, millisecond) = (Digits(text, 11, 2), Digits(text, 14, 2), Digits(text, 17, 2), Digits(text, 20, 3));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || millisecond < 0)
            return false;
        at = new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero);
        return true;
    }

    /// <summary>Far below zero when one of them is no digit.</summary>
    private static int Digits(ReadOnlySpan<char> text, int start, int count)
    {
        var number = 0;
        foreach (var letter in text.Slice(start, count))
            number = char.IsAsciiDigit(letter) ? (10 * number) + (letter - '0') : -100_000;
        return number;
    }

    public static bool IsHash(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.AsSpan().IndexOfAnyExcept(HexDigits) < 0;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
}
