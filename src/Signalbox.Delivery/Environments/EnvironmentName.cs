using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments;

/// <summary>The name of an environment: a lower-case letter, then at most 31 lower-case letters, digits and dashes.</summary>
/// <remarks>It becomes part of file names, object keys and shell words, so it holds nothing that needs quoting.</remarks>
public sealed record EnvironmentName
{
    private const int Longest = 32;

    private static readonly Rule BadName = new("SB3015", Severity.Error, "The name of an environment is not allowed");

    private EnvironmentName(string text) => Text = text;

    public string Text { get; }

    public static Outcome<EnvironmentName> Parse(SourceText source, Span span, string text)
    {
        var isAllowed = text.Length is > 0 and <= Longest
            && char.IsAsciiLetterLower(text[0])
            && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
        return isAllowed
            ? new EnvironmentName(text)
            : BadName.At(
                source,
                span,
                $"{Culprit.Quote(text)} cannot name an environment",
                $"begin with a letter and use at most {Longest} of `a-z`, `0-9` and `-`, as in `prod-2`");
    }

    public override string ToString() => Text;
}
