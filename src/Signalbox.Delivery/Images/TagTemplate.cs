using System.Text.RegularExpressions;
using Signalbox.Delivery.Guard.Rules;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>How the tags of a family are made, and how they are told from every other family's.</summary>
/// <remarks>
/// A template without a placeholder names the first build; a later one appends the commit. A tag that is taken even so
/// gets `-r2`, `-r3`, …, so that there is always a next one and none ever moves.
/// </remarks>
public sealed partial record TagTemplate
{
    public const string ShortCommit = "{short_sha}";
    public const string Version = "{version}";

    /// <summary>As git shortens a commit, and as the first tags were made.</summary>
    public const int ShortCommitLength = 7;

    internal static readonly Rule NotATag = new("SB2004", Severity.Error, "A tag template makes tags that a registry refuses");
    internal static readonly Rule Moving = new("SB2005", Severity.Error, "A tag template makes tags that move");
    internal static readonly Rule NoConcretePart = new("SB2006", Severity.Error, "A tag template has no part of its own");

    private const string AnyCommit = "[0-9a-f]{7,40}";
    private const string AnyVersion = @"[0-9]+(\.[0-9]+)+";
    private const string Revision = "(-r[0-9]{1,4})?";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Regex _family;

    private TagTemplate(string text)
    {
        Text = text;
        var own = Regex.Escape(text).Replace(@"\{short_sha}", AnyCommit, StringComparison.Ordinal).Replace(@"\{version}", AnyVersion, StringComparison.Ordinal);
        var later = IsFixed ? $"(-{AnyCommit})?" : "";
        _family = new Regex($@"^{own}{later}{Revision}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Limit);
    }

    public string Text { get; }

    /// <summary>It names one tag; the commit is appended from the second build on.</summary>
    private bool IsFixed => !Text.Contains('{', StringComparison.Ordinal);

    /// <summary>Only a family that is built elsewhere can have one.</summary>
    public bool NeedsAVersion => Text.Contains(Version, StringComparison.Ordinal);

    public static Outcome<TagTemplate> Parse(SourceText source, Span span, string text)
    {
        var sample = Filled(text, "0000000").Replace(Version, "1.2.3", StringComparison.Ordinal);
        if (sample.AsSpan().ContainsAny('{', '}'))
            return NotATag.At(source, span, $"{Culprit.Quote(text)} has a placeholder that is not known", $"use `{ShortCommit}` for the commit or `{Version}` for a version that is given elsewhere");
        if (!WholeTag.IsMatch(sample))
            return NotATag.At(source, span, $"{Culprit.Quote(text)} makes tags that ECR refuses", "use letters, digits, `_`, `.` and `-`, begin with none of the last two, and stay below 128");
        if (!text.Replace(ShortCommit, "", StringComparison.Ordinal).Replace(Version, "", StringComparison.Ordinal).Any(char.IsAsciiLetter))
            return NoConcretePart.At(source, span, $"{Culprit.Quote(text)} cannot be told from another family's tags", $"put the family's name before it, as in `prefect-deployer-{ShortCommit}`");
        return ImageTag.Fault($"image:{sample}") is { } fault
            ? Moving.At(source, span, $"{Culprit.Quote(text)} {fault}", $"a tag is never moved: name what it holds, as in `portal-{Version}`, or its commit, as in `portal-{ShortCommit}`")
            : new TagTemplate(text);
    }

    /// <summary>Whether a tag is one of this family's.</summary>
    public bool Matches(string tag) => _family.IsMatch(tag);

    /// <summary>Whether some tag could belong to both; both families would then claim it.</summary>
    public bool Overlaps(TagTemplate other) => Samples().Any(other.Matches) || other.Samples().Any(Matches);

    /// <summary>The tags that a build of this commit may have, the most wanted first; without end.</summary>
    public IEnumerable<string> TagsFor(string shortCommit)
    {
        var filled = Filled(Text, shortCommit);
        yield return filled;
        var withCommit = IsFixed ? $"{filled}-{shortCommit}" : filled;
        if (IsFixed)
            yield return withCommit;
        for (var revision = 2; ; revision++)
            yield return $"{withCommit}-r{revision}";
    }

    /// <summary>Whether ECR takes it as a tag.</summary>
    public static bool IsTag(string text) => WholeTag.IsMatch(text);

    public bool Equals(TagTemplate? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static string Filled(string text, string shortCommit) => text.Replace(ShortCommit, shortCommit, StringComparison.Ordinal);

    private IEnumerable<string> Samples() => TagsFor("0000000").Take(2).Select(tag => tag.Replace(Version, "1.2.3", StringComparison.Ordinal));

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WholeTag { get; }
}
