using System.Text.RegularExpressions;

namespace Signalbox.CircleCi.Compilation.Patterns;

/// <summary>A pattern that matches a whole text or does not match it; `^` and `$` change nothing.</summary>
/// <remarks>Filters and `matches` statements are Java's dialect, expressions RE2's. Matching ends in bounded time.</remarks>
internal sealed record FullMatch
{
    /// <summary>Only a pattern with look-around or a back-reference can need so long; it then counts as no match.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Regex _regex;

    private FullMatch(string pattern, Regex regex) => (Pattern, _regex) = (pattern, regex);

    public string Pattern { get; }

    /// <summary>Null when the pattern is not valid RE2.</summary>
    public static FullMatch? OfRe2(string pattern) => Of(pattern, PatternTranslation.FromRe2(pattern), mayBacktrack: false);

    /// <summary>Null when the pattern is not a valid Java pattern that we can translate.</summary>
    public static FullMatch? OfJava(string pattern) => Of(pattern, PatternTranslation.FromJava(pattern), mayBacktrack: true);

    public bool Matches(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    public bool Equals(FullMatch? other) => other is not null && Pattern == other.Pattern;

    public override int GetHashCode() => Pattern.GetHashCode(StringComparison.Ordinal);

    private static FullMatch? Of(string pattern, string? translated, bool mayBacktrack)
    {
        if (translated is null)
            return null;
        var anchored = $@"\A(?:{translated})\z";
        return Try(pattern, anchored, RegexOptions.NonBacktracking) ?? (mayBacktrack ? Try(pattern, anchored, RegexOptions.None) : null);
    }

    private static FullMatch? Try(string pattern, string anchored, RegexOptions engine)
    {
        try
        {
            return new FullMatch(pattern, new Regex(anchored, engine | RegexOptions.CultureInvariant, Patience));
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
