using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox.Delivery.Images.Source;

/// <summary>One line of a `.dockerignore`.</summary>
/// <param name="BringsBack">Written with `!`: what it matches is part of the context after all.</param>
internal sealed record IgnorePattern(Regex Regex, bool BringsBack)
{
    /// <summary>Null for a line that says nothing: empty, a comment, or a pattern that the builder refuses when it builds.</summary>
    public static IgnorePattern? Parse(string line)
    {
        if (line.StartsWith('#'))
            return null;
        var text = line.Trim();
        var bringsBack = text.StartsWith('!');
        if (bringsBack)
            text = text[1..].Trim();
        if (text.Length == 0)
            return null;

        try
        {
            const RegexOptions options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline;
            return new IgnorePattern(new Regex(Expression(Cleaned(text)), options, Regex.InfiniteMatchTimeout), bringsBack);
        }
        catch (RegexParseException)
        {
            return null;
        }
    }

    public bool Matches(string path) => Regex.IsMatch(path);

    /// <summary>Relative to the root of the context, which a slash at the start means too, without `.`, `..` and empty parts.</summary>
    private static string Cleaned(string text)
    {
        var parts = new List<string>();
        foreach (var part in text.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or ".") && (part != ".." || !text.StartsWith('/')))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }

    /// <summary>The rules of Go's `filepath.Match`, and `**` for any number of folders.</summary>
    private static string Expression(string pattern)
    {
        var expression = new StringBuilder("^");
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '*' when pattern.AsSpan(at).StartsWith("**"):
                    at += pattern.AsSpan(at).StartsWith("**/") ? 2 : 1;
                    expression.Append(at == pattern.Length - 1 ? ".*" : "(.*/)?");
                    break;
                case '*':
                    expression.Append("[^/]*");
                    break;
                case '?':
                    expression.Append("[^/]");
                    break;
                case '[' when ClassEnd(pattern, at) is var end and > 0:
                    expression.Append(Class(pattern.AsSpan(at + 1, end - at - 1)));
                    at = end;
                    break;
                case '\\' when at + 1 < pattern.Length:
                    expression.Append(Regex.Escape(pattern[++at].ToString()));
                    break;
                default:
                    expression.Append(pattern[at] is ']' ? "\\]" : Regex.Escape(pattern[at].ToString()));
                    break;
            }
        }

        return expression.Append("\\z").ToString();
    }

    /// <returns>The place of the bracket that closes a class; below zero when none does.</returns>
    private static int ClassEnd(string pattern, int start)
    {
        for (var at = start + 1; at < pattern.Length; at++)
        {
            if (pattern[at] == '\\')
                at++;
            else if (pattern[at] == ']')
                return at;
        }

        return -1;
    }

    /// <summary>A set that names a folder's end would let one part of a path match two.</summary>
    private static string Class(ReadOnlySpan<char> inside)
    {
        var excludes = inside.StartsWith('^');
        if (excludes)
            inside = inside[1..];
        // .NET subtracts sets with `-[`; an opening bracket inside a set is always meant literally here.
        return $"[{(excludes ? "^/" : "")}{inside.ToString().Replace("[", "\\[", StringComparison.Ordinal)}]";
    }
}
