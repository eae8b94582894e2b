namespace Signalbox.Sandbox.Edge.Walking;

/// <summary>AWS's patterns: `*` for any characters, none included, and `?` for exactly one.</summary>
internal static class Wildcard
{
    /// <remarks>Remembers only the last star, so it never takes longer than the product of both lengths.</remarks>
    public static bool Matches(string pattern, string text, bool ignoreCase)
    {
        var (at, position, star, resume) = (0, 0, -1, 0);
        while (position < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
                (star, resume, at) = (at, position, at + 1);
            else if (at < pattern.Length && (pattern[at] == '?' || Same(pattern[at], text[position], ignoreCase)))
                (at, position) = (at + 1, position + 1);
            else if (star >= 0)
                (at, position) = (star + 1, ++resume);
            else
                return false;
        }

        return pattern.AsSpan(at).Trim('*').IsEmpty;
    }

    private static bool Same(char one, char other, bool ignoreCase) =>
        one == other || (ignoreCase && char.ToLowerInvariant(one) == char.ToLowerInvariant(other));
}
