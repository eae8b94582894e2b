using System.Text.RegularExpressions;
using Signalbox.Tests.House;
using Xunit;

namespace Signalbox.Tests.Documentation;

public sealed partial class LinkTests
{
    private static readonly string[] AtTheRoot = ["README.md", "CONTRIBUTING.md"];

    [Fact]
    public void Every_relative_link_in_the_documentation_leads_somewhere()
    {
        var dead = from page in Pages()
                   let folder = Path.GetDirectoryName(Path.Combine(Repository.Folder, page))!
                   from target in TargetsIn(Repository.Read(page))
                   where !Path.Exists(Path.GetFullPath(target, folder))
                   select $"{page} → {target}";

        Assert.NotEmpty(Pages());
        Assert.Empty(dead);
    }

    [Fact]
    public void Links_are_found_outside_of_code_and_without_their_anchors()
    {
        const string page = """
            [one](a.md) and ![two](b/c.png "title") and [web](https://example.org) and [here](#top) and [three](d.md#part)
            `[code](no.md)`
            ```
            [block](no.md)
            ```
            """;

        Assert.Equal("a.md b/c.png d.md", string.Join(' ', TargetsIn(page)));
    }

    private static IReadOnlyList<string> Pages() =>
        [.. Repository.Files("docs", "*.md"), .. AtTheRoot.Where(page => File.Exists(Path.Combine(Repository.Folder, page)))];

    private static IEnumerable<string> TargetsIn(string page) =>
        Link.Matches(Code.Replace(page, ""))
            .Select(link => Uri.UnescapeDataString(link.Groups["target"].Value.Split('#')[0]))
            .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal));

    [GeneratedRegex("""\]\(\s*<?(?<target>[^)\s>]+)>?(\s+"[^"]*")?\s*\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Link { get; }

    [GeneratedRegex("""^\s*(```|~~~).*?^\s*(```|~~~)\s*$|`[^`\n]*`""", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code { get; }
}
