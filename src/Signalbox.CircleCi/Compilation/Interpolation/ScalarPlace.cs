using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Interpolation;

/// <summary>Finds where a piece of a scalar's text was written, through quotes, escapes, folding and indentation.</summary>
internal static class ScalarPlace
{
    /// <summary>The same occurrence of the same words inside the scalar; the whole scalar when they were written otherwise.</summary>
    public static Span Of(YamlNode.Scalar scalar, int start, int length)
    {
        var word = FirstLine(scalar.Text.AsSpan(start, Math.Min(length, scalar.Text.Length - start)));
        if (word.Length == 0 || scalar.Span.Length == 0)
            return scalar.Span;

        var before = Count(scalar.Text.AsSpan(0, start), word);
        var written = scalar.Source.Text.AsSpan(scalar.Span.Start, Math.Min(scalar.Span.Length, scalar.Source.Text.Length - scalar.Span.Start));
        for (var from = 0; from < written.Length;)
        {
            var found = written[from..].IndexOf(word, StringComparison.Ordinal);
            if (found < 0)
                break;
            if (before-- == 0)
                return new Span(scalar.Span.Start + from + found, word.Length);
            from += found + 1;
        }

        return scalar.Span;
    }

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> text) => text.IndexOf('\n') is var end and >= 0 ? text[..end] : text;

    private static int Count(ReadOnlySpan<char> text, ReadOnlySpan<char> word)
    {
        var count = 0;
        for (var from = 0; text[from..].IndexOf(word, StringComparison.Ordinal) is var found and >= 0; from += found + 1)
            count++;
        return count;
    }
}
