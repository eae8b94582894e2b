using System.Text.RegularExpressions;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>A regular expression that is searched for in what a server said; it takes linear time whatever that is.</summary>
public sealed record AnswerPattern
{
    private static readonly Rule BadPattern = new("SB3052", Severity.Error, "A pattern is not a regular expression");

    private readonly Regex _regex;

    private AnswerPattern(string text, Regex regex) => (Text, _regex) = (text, regex);

    public string Text { get; }

    public static Outcome<AnswerPattern> Parse(SourceText source, Span span, string text)
    {
        try
        {
            const RegexOptions options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
            return new AnswerPattern(text, new Regex(text, options, Regex.InfiniteMatchTimeout));
        }
        catch (RegexParseException wrong)
        {
            return BadPattern.At(source, span, $"{Culprit.Quote(text)} is not a regular expression: {wrong.Error} at character {wrong.Offset + 1}", "escape what is meant literally with `\\`, and write the pattern in single quotes");
        }
        catch (NotSupportedException)
        {
            return BadPattern.At(source, span, $"{Culprit.Quote(text)} looks around or back", "write it without `(?=…)`, `(?<=…)`, atomic groups and `\\1`; only what takes linear time is understood");
        }
    }

    public bool IsIn(string text) => _regex.IsMatch(text);

    public bool Equals(AnswerPattern? other) => other?.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
