using System.Buffers;
using System.Text;

namespace Signalbox.Delivery.Register;

/// <summary>
/// Text as the register keeps it: no control characters, no half of a surrogate pair, and not endless. So canonical
/// JSON needs two escapes only, and an entry is one line whatever it was given.
/// </summary>
internal static class RegisterText
{
    /// <summary>In UTF-16 units; a signature of the longest common key needs about 1,500.</summary>
    public const int Longest = 4_000;

    private const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Concat(Enumerable.Range(0xD800, 0x800)).Select(code => (char)code)]);

    public static string Of(string text)
    {
        var kept = text.Length <= Longest ? text : $"{text[..(Longest - 1)]}…";
        return kept.AsSpan().IndexOfAny(Suspects) < 0 ? kept : Cleaned(kept);
    }

    private static string Cleaned(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // yields U+FFFD for half a pair
            clean.Append(Rune.IsControl(rune) ? Replacement.ToString() : rune.ToString());
        return clean.ToString();
    }
}
