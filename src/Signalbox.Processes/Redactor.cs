using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Processes;

/// <summary>Takes secrets out of text before anyone sees it, also where they stand encoded: JSON, URL or base64.</summary>
/// <remarks>
/// A value shorter than <see cref="ShortestSecret"/> characters is left alone: masking every "true" or "1" would
/// destroy the text and hide nothing.
/// </remarks>
public sealed class Redactor
{
    public const int ShortestSecret = 4;
    public const string Mask = "(sensitive)";

    private readonly string[] _needles;
    private readonly SearchValues<string> _search;

    private Redactor(IEnumerable<string> needles)
    {
        // Longest first, so that a secret that contains another is taken out whole.
        _needles = [.. needles.Distinct(StringComparer.Ordinal).OrderByDescending(needle => needle.Length)];
        _search = SearchValues.Create(_needles, StringComparison.Ordinal);
    }

    public static Redactor None { get; } = new([]);

    public static Redactor Of(IEnumerable<string> secrets) =>
        new(secrets.SelectMany(Lines).Where(IsWorthHiding).SelectMany(Encodings).Where(IsWorthHiding));

    /// <summary>A redactor that hides these secrets as well.</summary>
    public Redactor And(IEnumerable<string> secrets) => new([.. _needles, .. Of(secrets)._needles]);

    public string Redact(string text)
    {
        if (_needles.Length == 0 || text.AsSpan().IndexOfAny(_search) < 0)
            return text;
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(_search) is var at and >= 0)
        {
            result.Append(rest[..at]).Append(Mask);
            rest = rest[(at + LengthAt(rest[at..]))..];
        }

        return result.Append(rest).ToString();
    }

    private int LengthAt(ReadOnlySpan<char> text)
    {
        foreach (var needle in _needles)
        {
            if (text.StartsWith(needle, StringComparison.Ordinal))
                return needle.Length;
        }

        return 1;
    }

    private static bool IsWorthHiding(string value) => value.Length >= ShortestSecret;

    /// <summary>Output comes a line at a time, so a secret of several lines is hidden line by line.</summary>
    private static IEnumerable<string> Lines(string secret) =>
        secret.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Append(secret);

    private static IEnumerable<string> Encodings(string secret)
    {
        yield return secret;
        yield return JsonEncodedText.Encode(secret).ToString();
        yield return JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return Uri.EscapeDataString(secret);
        foreach (var encoded in Base64(Encoding.UTF8.GetBytes(secret)))
            yield return encoded;
    }

    /// <summary>
    /// The characters a secret always yields inside a longer base64 text, for each of the three ways it can fall on
    /// the groups of three bytes; characters shared with neighbouring bytes are dropped.
    /// </summary>
    private static IEnumerable<string> Base64(byte[] secret)
    {
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. secret]).TrimEnd('=');
            var first = before switch { 0 => 0, 1 => 2, _ => 3 };
            var last = (before + secret.Length) % 3 == 0 ? encoded.Length : encoded.Length - 1;
            if (last - first >= 8)
                yield return encoded[first..last];
        }
    }
}
