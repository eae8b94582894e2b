using System.Globalization;
using System.Text;

namespace Signalbox.Delivery.Plans;

/// <summary>
/// Text from a plan, made fit to be seen. A tag may hold anything, and a terminal obeys escape sequences and text
/// direction marks: without this a value could paint a plan that is not the one being approved.
/// </summary>
internal static class EscapedText
{
    /// <summary>The text with everything that is not a visible character written as an escape.</summary>
    public static string Safe(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text;

        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsVisible(rune))
                safe.Append(rune.ToString());
            else
                safe.Append(Escape(rune));
        }

        return safe.ToString();
    }

    /// <summary>The text in double quotes, as HCL writes it.</summary>
    public static string Quoted(string text) =>
        Safe($"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");

    private static string Escape(Rune rune) => rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        <= 0xFFFF => $"\\u{rune.Value:x4}",
        _ => $"\\U{rune.Value:x8}",
    };

    /// <summary>Line and paragraph separators, format characters (direction marks among them) and unassigned ones are not.</summary>
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.Surrogate);
}
