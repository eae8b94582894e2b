using System.Buffers;
using System.Text;

namespace Signalbox.CircleCi.Syntax;

/// <summary>How a scalar is written: plain where every reader agrees on what it is, a block for lines, quoted otherwise.</summary>
internal static class ScalarText
{
    private static readonly SearchValues<char> PlainFirst = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/$(.+^_;0123456789");
    private static readonly SearchValues<char> PlainKey = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_./");
    private static readonly SearchValues<char> LikeANumber = SearchValues.Create("0123456789.:_-+eExXoTtZ ");

    public static void Append(StringBuilder text, YamlNode.Scalar scalar)
    {
        switch (scalar.Type)
        {
            case ScalarType.Null:
                text.Append("null");
                break;
            case ScalarType.Boolean:
                text.Append(scalar.IsTrue ? "true" : "false");
                break;
            case ScalarType.WholeNumber or ScalarType.Fraction:
                text.Append(scalar.Text);
                break;
            case ScalarType.Text when IsPlain(scalar.Text):
                text.Append(scalar.Text);
                break;
            default:
                AppendQuoted(text, scalar.Text);
                break;
        }
    }

    /// <summary>A key is its text, whatever type a reader may see in it; so it is quoted when the text alone would change.</summary>
    public static void AppendKey(StringBuilder text, YamlNode.Scalar key)
    {
        if (IsPlain(key.Text) && !key.Text.AsSpan().ContainsAnyExcept(PlainKey))
            text.Append(key.Text);
        else
            AppendQuoted(text, key.Text);
    }

    /// <summary>Lines that a block holds without an escape.</summary>
    public static bool IsBlock(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal))
            return false;
        foreach (var character in text)
        {
            if (!IsPrintable(character) && character is not '\n')
                return false;
        }

        // A first line that is blank or begins with a space would need an indentation indicator; then quotes are plainer.
        return text[0] is not (' ' or '\n' or '\t');
    }

    public static void AppendBlock(StringBuilder text, string value, int indentation)
    {
        var body = value.TrimEnd('\n');
        var endings = value.Length - body.Length;
        text.Append('|').Append(endings switch { 0 => "-", 1 => "", _ => "+" }).Append('\n');
        foreach (var line in body.Split('\n'))
        {
            if (line.Length > 0)
                text.Append(' ', indentation).Append(line);
            text.Append('\n');
        }

        text.Append('\n', Math.Max(endings - 1, 0));
    }

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || !PlainFirst.Contains(text[0]) || text[^1] is ' ' or ':')
            return false;
        if (ScalarTypes.Of(text, ScalarStyle.Plain, tag: null) != ScalarType.Text || text is "y" or "Y" or "n" or "N")
            return false;
        if ((char.IsAsciiDigit(text[0]) || text[0] is '+' or '.') && !text.AsSpan().ContainsAnyExcept(LikeANumber))
            return false;
        if (text.StartsWith("...", StringComparison.Ordinal))
            return false;
        for (var at = 0; at < text.Length; at++)
        {
            if (!IsPrintable(text[at]) || text[at] == '\t' || char.IsSurrogate(text[at]))
                return false;
            if (text[at] == ':' && text[at + 1] == ' ')
                return false;
            if (text[at] == '#' && text[at - 1] == ' ')
                return false;
        }

        return true;
    }

    /// <summary>What YAML takes as it is; U+0085, U+2028 and U+2029 are line breaks to some readers.</summary>
    private static bool IsPrintable(char character) =>
        character is '\t' or (>= ' ' and <= '~') or (>= '\u00A0' and not ('\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF'));

    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\r' => text.Append("\\r"),
                >= ' ' and <= '~' => text.Append(character),
                _ when IsPrintable(character) => text.Append(character),
                _ => text.Append($"\\u{(int)character:X4}"),
            };
        }

        text.Append('"');
    }
}
