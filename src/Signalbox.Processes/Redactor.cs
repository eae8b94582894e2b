using System.Buffers;
using System.Text;

namespace Signalbox.Processes;

/// <summary>Takes secrets out of text before anyone sees it, also where they stand encoded: JSON, URL or base64.</summary>
/// <remarks>
/// A value shorter than <see cref="SecretForms.Shortest"/> characters is left alone: masking every "true" or "1" would
/// destroy the text and hide nothing.
/// </remarks>
public sealed class Redactor
{
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

    public static Redactor Of(IEnumerable<string> secrets) => new(secrets.SelectMany(SecretForms.Of));

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
}
