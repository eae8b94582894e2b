namespace Signalbox.CircleCi.Execution.Workplaces;

/// <summary>One name against one pattern as Go's filepath.Match has it: `*`, `?`, `[a-z]`, `[^a-z]` and `\`; no braces, no `**`.</summary>
/// <remarks>A malformed pattern, such as an open `[`, matches nothing. A leading dot is an ordinary character.</remarks>
internal static class GoPattern
{
    public static bool HasMeta(string pattern) => pattern.AsSpan().IndexOfAny('*', '?', '[') >= 0 || pattern.Contains('\\', StringComparison.Ordinal);

    public static bool Matches(string pattern, string name)
    {
        // On a mismatch only the last star needs to take one more character: earlier stars could do no better.
        var (p, n, star, taken) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, taken) = (p++, n);
                continue;
            }

            if (p < pattern.Length && One(pattern, p, name[n]) is { } next)
            {
                if (next < 0)
                    return false;
                (p, n) = (next, n + 1);
                continue;
            }

            if (star < 0)
                return false;
            (p, n) = (star + 1, ++taken);
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    /// <summary>The place after the element at <paramref name="at"/> if it matches; null if not; -1 if it is malformed.</summary>
    private static int? One(string pattern, int at, char character)
    {
        switch (pattern[at])
        {
            case '?':
                return at + 1;
            case '[':
                return Class(pattern, at + 1, character);
            case '\\':
                return at + 1 == pattern.Length ? -1 : pattern[at + 1] == character ? at + 2 : null;
            default:
                return pattern[at] == character ? at + 1 : null;
        }
    }

    private static int? Class(string pattern, int at, char character)
    {
        var isNegated = at < pattern.Length && pattern[at] == '^';
        if (isNegated)
            at++;
        var isIn = false;
        for (var ranges = 0; ; ranges++)
        {
            if (at < pattern.Length && pattern[at] == ']' && ranges > 0)
                return isIn != isNegated ? at + 1 : null;
            if (Bound(pattern, ref at) is not { } low)
                return -1;
            var high = low;
            if (at < pattern.Length && pattern[at] == '-')
            {
                at++;
                if (Bound(pattern, ref at) is not { } bound)
                    return -1;
                high = bound;
            }

            isIn |= low <= character && character <= high;
        }
    }

    private static char? Bound(string pattern, ref int at)
    {
        if (at < pattern.Length && pattern[at] == '\\')
            at++;
        else if (at < pattern.Length && (pattern[at] is '-' or ']'))
            return null;
        return at < pattern.Length ? pattern[at++] : null;
    }
}
