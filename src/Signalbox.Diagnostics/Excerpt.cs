using System.Text;

namespace Signalbox.Diagnostics;

/// <summary>The line that a diagnostic points at, as it is shown, and where under it the carets go.</summary>
/// <param name="CaretColumn">Columns to leave free before the first caret.</param>
/// <param name="CaretCount">At least one; a span over several lines is underlined to the end of its first.</param>
internal sealed record Excerpt(string Line, int CaretColumn, int CaretCount)
{
    private const int LongestLine = 120;
    private const int ShownBeforeTheSpan = 40;
    private const char Cut = '…';

    public static Excerpt Of(SourceText source, Span span)
    {
        var (number, column) = source.PositionOf(span.Start);
        var line = source.Line(number);
        var start = Math.Min(column - 1, line.Length);
        var end = start + Math.Clamp(span.Length, 0, line.Length - start);
        var (from, to) = Window(line, start);

        var shown = new StringBuilder(from > 0 ? $"{Cut}" : "");
        var width = shown.Length;
        var (caretColumn, caretEnd) = (-1, -1);
        for (var at = from; at < to;)
        {
            var element = DisplayText.NextElement(line.AsSpan(0, to), at);
            if (caretColumn < 0 && start < at + element.Length)
                caretColumn = width;
            width += DisplayText.Append(shown, element, width);
            if (at < end)
                caretEnd = width;
            at += element.Length;
        }

        if (caretColumn < 0)
            caretColumn = width;
        if (to < line.Length)
            shown.Append(Cut);
        return new Excerpt(shown.ToString(), caretColumn, Math.Max(1, caretEnd - caretColumn));
    }

    /// <summary>The part of a very long line that is worth showing; it never splits a surrogate pair.</summary>
    private static (int From, int To) Window(string line, int start)
    {
        if (line.Length <= LongestLine)
            return (0, line.Length);
        var from = Math.Clamp(start - ShownBeforeTheSpan, 0, line.Length - LongestLine);
        return (OffPair(line, from), OffPair(line, from + LongestLine));
    }

    private static int OffPair(string line, int at) =>
        at > 0 && at < line.Length && char.IsSurrogatePair(line[at - 1], line[at]) ? at - 1 : at;
}
