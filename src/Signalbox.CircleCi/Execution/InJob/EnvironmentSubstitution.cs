using System.Text;

namespace Signalbox.CircleCi.Execution.InJob;

/// <summary>
/// `circleci env subst`: `$A` and `${A}` become the variable's value, or nothing; `${A:-d}`, `${A-d}`, `${A:=d}`, `${A=d}`,
/// `${A:+x}` and `${A+x}` as in a shell, also one inside the other; `$$` is a dollar sign. Everything else stays.
/// </summary>
public static class EnvironmentSubstitution
{
    private const int DeepestNesting = 50;

    public static string Apply(string text, IReadOnlyDictionary<string, string> variables) => Apply(text, variables, depth: 0);

    private static string Apply(string text, IReadOnlyDictionary<string, string> variables, int depth)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '$' || at + 1 == text.Length)
            {
                result.Append(text[at]);
                continue;
            }

            if (text[at + 1] == '$')
            {
                result.Append('$');
                at++;
            }
            else if (NameLength(text, at + 1) is var length and > 0)
            {
                result.Append(variables.GetValueOrDefault(text.Substring(at + 1, length), ""));
                at += length;
            }
            else if (text[at + 1] == '{' && depth < DeepestNesting && Closing(text, at + 1) is var close and > 0 && Braced(text[(at + 2)..close], variables, depth) is { } value)
            {
                result.Append(value);
                at = close;
            }
            else
            {
                result.Append('$');
            }
        }

        return result.ToString();
    }

    /// <returns>Null when the braces hold no variable.</returns>
    private static string? Braced(string inside, IReadOnlyDictionary<string, string> variables, int depth)
    {
        var length = NameLength(inside, 0);
        if (length == 0)
            return null;
        var value = variables.GetValueOrDefault(inside[..length]);
        var rest = inside[length..];
        if (rest.Length == 0)
            return value ?? "";
        var countsEmpty = rest[0] == ':';
        if (countsEmpty)
            rest = rest[1..];
        var isSet = countsEmpty ? !string.IsNullOrEmpty(value) : value is not null;
        return rest switch
        {
            ['-' or '=', .. var other] => isSet ? value : Apply(other, variables, depth + 1),
            ['+', .. var other] => isSet ? Apply(other, variables, depth + 1) : "",
            _ => null,
        };
    }

    private static int NameLength(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_' || (end > start && char.IsAsciiDigit(text[end]))))
            end++;
        return end - start;
    }

    private static int Closing(string text, int open)
    {
        var depth = 0;
        for (var at = open; at < text.Length; at++)
        {
            depth += text[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return at;
        }

        return -1;
    }
}
