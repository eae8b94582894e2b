using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Processes;

/// <summary>Every text that gives a secret away: itself, each of its lines, and both as JSON, in a URL and in base64.</summary>
public static class SecretForms
{
    /// <summary>A value shorter than this many characters hides nothing and would mask half of every output.</summary>
    public const int Shortest = 4;

    public static IEnumerable<string> Of(string secret) =>
        Lines(secret).Where(IsWorthHiding).SelectMany(Encodings).Where(IsWorthHiding).Distinct(StringComparer.Ordinal);

    private static bool IsWorthHiding(string value) => value.Length >= Shortest;

    /// <summary>Programs print a secret of several lines with an indent, or a line at a time.</summary>
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
