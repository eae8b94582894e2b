using System.Text.RegularExpressions;
using Signalbox.Tests.House;
using Xunit;

namespace Signalbox.Tests.Documentation;

/// <summary>Every rule in the source has its page, and every page its rule.</summary>
public sealed partial class DiagnosticPageTests
{
    private static readonly (string File, string Code, string Title)[] Rules =
    [
        .. from file in Repository.Files("src", "*.cs")
           from Match rule in Declaration.Matches(Repository.Read(file))
           select (file, rule.Groups["code"].Value, Regex.Unescape(rule.Groups["title"].Value)),
    ];

    [Fact]
    public void No_code_is_declared_twice()
    {
        Assert.NotEmpty(Rules);
        Assert.Empty(Rules.GroupBy(rule => rule.Code, StringComparer.Ordinal).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(rule => rule.File))}"));
    }

    [Fact]
    public void A_code_in_the_source_belongs_to_a_declared_rule()
    {
        var declared = Rules.Select(rule => rule.Code).ToHashSet(StringComparer.Ordinal);
        var mentioned = from file in Repository.Files("src", "*.cs")
                        from Match code in QuotedCode.Matches(Repository.Read(file))
                        where !declared.Contains(code.Groups["code"].Value)
                        select $"{file}: {code.Value}";

        Assert.Empty(mentioned);
    }

    [Fact]
    public void Every_rule_has_a_page_that_bears_its_title()
    {
        var wrong = from rule in Rules
                    let page = $"docs/diagnostics/{rule.Code}.md"
                    let file = Path.Combine(Repository.Folder, page)
                    where !File.Exists(file) || !File.ReadAllText(file).Contains(rule.Title, StringComparison.Ordinal)
                    select $"{page} should exist and contain: {rule.Title}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_page_has_a_rule()
    {
        var pages = Repository.Files("docs/diagnostics", "SB*.md").Select(page => Path.GetFileNameWithoutExtension(page));

        Assert.Empty(pages.Except(Rules.Select(rule => rule.Code), StringComparer.Ordinal));
    }

    [GeneratedRegex("""\(\s*"(?<code>SB\d{4})"\s*,\s*Severity\.\w+\s*,\s*"(?<title>(\\.|[^"\\])*)"\s*\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration { get; }

    [GeneratedRegex("""
        "(?<code>SB\d{4})"
        """, RegexOptions.ExplicitCapture)]
    private static partial Regex QuotedCode { get; }
}
