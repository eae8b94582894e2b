using System.Text;
using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Interpolation;

/// <summary>A text cut at its `&lt;&lt; … &gt;&gt;` tags. `\&lt;&lt;` is an ordinary `&lt;&lt;`.</summary>
internal sealed class Template
{
    private Template(IReadOnlyList<TemplatePart> parts, int? unclosedAt) => (Parts, UnclosedAt) = (parts, unclosedAt);

    public IReadOnlyList<TemplatePart> Parts { get; }

    /// <summary>Where a `&lt;&lt;` stands that no `&gt;&gt;` closes; null when all are closed.</summary>
    public int? UnclosedAt { get; }

    /// <summary>The tag that is the whole text, spaces aside; its value keeps its type.</summary>
    public TemplatePart.Tag? Whole
    {
        get
        {
            TemplatePart.Tag? whole = null;
            foreach (var part in Parts)
            {
                switch (part)
                {
                    case TemplatePart.Literal { Text: var text } when text.AsSpan().Trim(' ').Length == 0:
                        break;
                    case TemplatePart.Tag { Sign: '\0' } tag when whole is null:
                        whole = tag;
                        break;
                    default:
                        return null;
                }
            }

            return whole;
        }
    }

    public static bool MayHoldTags(string text) => text.Contains("<<", StringComparison.Ordinal);

    /// <summary>Its type is known only when it is resolved.</summary>
    public static bool IsReference(YamlNode node) => node is YamlNode.Scalar { Text: var text } && MayHoldTags(text) && Parse(text).Parts.Any(part => part is TemplatePart.Tag);

    public static Template Parse(string text)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            var opening = text.IndexOf("<<", at, StringComparison.Ordinal);
            if (opening < 0)
                break;

            var backslashes = 0;
            while (opening - backslashes > at && text[opening - backslashes - 1] == '\\')
                backslashes++;
            if (backslashes % 2 == 1)
            {
                literal.Append(text, at, opening - at - 1).Append("<<");
                at = opening + 2;
                continue;
            }

            literal.Append(text, at, opening - at);
            var closing = Closing(text, opening + 2);
            if (closing < 0)
                return new Template(parts, opening);
            if (literal.Length > 0)
                parts.Add(new TemplatePart.Literal(literal.ToString()));
            literal.Clear();
            parts.Add(TagOf(text[(opening + 2)..closing], opening, closing + 2 - opening));
            at = closing + 2;
        }

        literal.Append(text, at, text.Length - at);
        if (literal.Length > 0)
            parts.Add(new TemplatePart.Literal(literal.ToString()));
        return new Template(parts, unclosedAt: null);
    }

    /// <summary>The first `&gt;&gt;` outside of a string; inside of one if there is no other.</summary>
    private static int Closing(string text, int from)
    {
        var isQuoted = false;
        for (var at = from; at + 1 < text.Length; at++)
        {
            if (text[at] == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && text[at] == '>' && text[at + 1] == '>')
                return at;
        }

        return text.IndexOf(">>", from, StringComparison.Ordinal);
    }

    private static TemplatePart.Tag TagOf(string inner, int start, int length)
    {
        var content = inner.Trim();
        return content is ['#' or '^' or '/', ..]
            ? new TemplatePart.Tag(content[1..].Trim(), content[0], start, length)
            : new TemplatePart.Tag(content, '\0', start, length);
    }
}

internal abstract record TemplatePart
{
    private TemplatePart() { }

    public sealed record Literal(string Text) : TemplatePart;

    /// <param name="Content">What stands between the delimiters, trimmed and without the sign.</param>
    /// <param name="Sign">`#`, `^` or `/` of a mustache section, or NUL.</param>
    /// <param name="Start">Where it stands in the text.</param>
    public sealed record Tag(string Content, char Sign, int Start, int Length) : TemplatePart;
}
