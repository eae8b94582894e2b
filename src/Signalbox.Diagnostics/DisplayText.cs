using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox.Diagnostics;

/// <summary>Text as a terminal can show it: every element has a known width, and nothing in it can command the terminal.</summary>
public static partial class DisplayText
{
    private const int TabWidth = 4;
    private const char Replacement = '\uFFFD';
    private const char EmojiPresentation = '\uFE0F';

    /// <summary>A message without the characters that a terminal would obey or hide; line feeds stay, and a tab is a space.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var element = NextElement(text, at);
            if (element is "\n" or "\t")
                shown.Append(element is "\n" ? '\n' : ' ');
            else
                Append(shown, element, column: 0);
            at += element.Length;
        }

        return shown.ToString();
    }

    /// <summary>What a program printed, without the sequences by which it colours and moves (ECMA-48, "CSI", "OSC").</summary>
    public static string WithoutSequences(string text) => text.Contains('\e', StringComparison.Ordinal) ? Sequences.Replace(text, "") : text;

    /// <summary>One line in at most so many columns; what is longer ends in three dots.</summary>
    public static string Fit(string line, int columns)
    {
        const string Dots = "...";
        var (shown, width, roomy) = (new StringBuilder(line.Length), 0, 0);
        for (var at = 0; at < line.Length;)
        {
            var element = NextElement(line, at);
            width += Append(shown, element, width);
            if (width <= columns - Dots.Length)
                roomy = shown.Length;
            if (width > columns)
                return shown.ToString(0, roomy) + Dots;
            at += element.Length;
        }

        return shown.ToString();
    }

    /// <summary>The user-perceived character that begins at an index.</summary>
    public static ReadOnlySpan<char> NextElement(ReadOnlySpan<char> text, int at) =>
        text.Slice(at, StringInfo.GetNextTextElementLength(text[at..]));

    /// <summary>Appends one element and says how many columns it takes.</summary>
    public static int Append(StringBuilder shown, ReadOnlySpan<char> element, int column)
    {
        if (element is "\t")
        {
            var width = TabWidth - (column % TabWidth);
            shown.Append(' ', width);
            return width;
        }

        _ = Rune.DecodeFromUtf16(element, out var first, out _);
        switch (Rune.GetUnicodeCategory(first))
        {
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                shown.Append(Replacement);
                return 1;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                shown.Append('\u25CC'); // a mark with nothing to sit on gets the customary dotted circle
                break;
        }

        var wide = element.Contains(EmojiPresentation);
        foreach (var rune in element.EnumerateRunes()) // a lone surrogate comes out as the replacement character
        {
            shown.Append(rune);
            wide |= IsWide(rune.Value);
        }

        return wide ? 2 : 1;
    }

    [GeneratedRegex("""\e(\[[0-?]*[ -/]*[@-~]|\].*?(\a|\e\\|$)|[ -/]+[0-~]|[@-Z\\^_])""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sequences { get; }

    /// <summary>East Asian wide and full-width characters, and what is drawn as an emoji (Unicode Annex 11, in coarse ranges).</summary>
    private static bool IsWide(int character) => character is
        (>= 0x1100 and <= 0x115F) or (>= 0x231A and <= 0x231B) or (>= 0x23E9 and <= 0x23EC) or 0x23F0 or 0x23F3
        or (>= 0x25FD and <= 0x25FE) or (>= 0x2614 and <= 0x2615) or (>= 0x2648 and <= 0x2653) or 0x26A1
        or (>= 0x26AA and <= 0x26AB) or 0x26D4 or 0x2705 or (>= 0x270A and <= 0x270B) or 0x2728 or 0x274C or 0x274E
        or (>= 0x2753 and <= 0x2755) or 0x2757 or (>= 0x2795 and <= 0x2797) or (>= 0x2B1B and <= 0x2B1C) or 0x2B50 or 0x2B55
        or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x17000 and <= 0x18DFF) or (>= 0x1B000 and <= 0x1B2FF) or (>= 0x1F1E6 and <= 0x1F64F)
        or (>= 0x1F680 and <= 0x1F6FF) or (>= 0x1F7E0 and <= 0x1F7EB) or (>= 0x1F900 and <= 0x1F9FF)
        or (>= 0x1FA70 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
