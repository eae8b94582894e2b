using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Signalbox.Tests.House;

/// <summary>Rules of the house that a compiler cannot see.</summary>
public sealed class HouseRuleTests
{
    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        ["Diagnostics"] = [],
        ["Processes"] = ["Diagnostics"],
        ["Journal"] = ["Diagnostics"],
        ["Delivery"] = ["Journal", "Processes", "Diagnostics"],
        ["CircleCi"] = ["Journal", "Processes", "Diagnostics"],
        ["Sandbox"] = ["Journal", "Processes", "Diagnostics"],
        ["Web"] = ["Sandbox", "CircleCi", "Delivery", "Journal", "Processes", "Diagnostics"],
        ["Cli"] = ["Web", "Sandbox", "CircleCi", "Delivery", "Journal", "Processes", "Diagnostics"],
    };

    private static readonly string[] ConceptFolders =
        ["Environments", "Plans", "Guard", "Approvals", "Register", "Parking", "Verification", "Images"];

    private static readonly string[] RefusedFolders = ["Common", "Shared", "Core", "Helpers", "Utils", "Managers"];

    [Fact]
    public void Projects_reference_only_what_lies_below_them()
    {
        var wrong = new List<string>();
        foreach (var project in Repository.Files("src", "*.csproj"))
        {
            var name = ShortName(project);
            var allowed = MayReference.GetValueOrDefault(name);
            if (allowed is null)
            {
                wrong.Add($"{name} is a new project: draw it into design.md, docs/codebase.md and this test");
                continue;
            }

            var references = XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
                .Select(reference => ShortName(reference.Attribute("Include")!.Value));
            wrong.AddRange(references.Except(allowed, StringComparer.Ordinal).Select(reference => $"{name} → {reference}"));
        }

        Assert.NotEmpty(Repository.Files("src", "*.csproj"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Concept_folders_of_delivery_never_mention_its_edges()
    {
        var edge = new Regex(@"\bSignalbox\.Delivery\.(Terraform|Aws)\b|\busing\s+(static\s+)?(Terraform|Aws)\b");
        var concepts = ConceptFolders.SelectMany(folder => Repository.Files($"src/Signalbox.Delivery/{folder}", "*.cs")).ToArray();

        Assert.NotEmpty(concepts);
        Assert.DoesNotContain(concepts, file => edge.IsMatch(Repository.Read(file)));
    }

    [Theory]
    [InlineData("src", 400)]
    [InlineData("tests", 300)]
    public void No_file_is_longer_than_one_idea(string folder, int longest)
    {
        var files = Repository.Files(folder, "*.cs");

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => File.ReadLines(Path.Combine(Repository.Folder, file)).Count() > longest);
    }

    [Fact]
    public void No_folder_is_a_drawer_for_everything()
    {
        var folders = Repository.Files("src", "*").Concat(Repository.Files("tests", "*"))
            .SelectMany(file => file.Split('/')[..^1].Select(part => part.Split('.')[^1]))
            .Distinct(StringComparer.Ordinal);

        Assert.Empty(folders.Intersect(RefusedFolders, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Only_the_terminal_touches_the_console()
    {
        var console = new Regex(@"(?<![\w.])(System\.)?Console\.[A-Z]|using static System\.Console");
        var files = Repository.Files("src", "*.cs").Where(file => Path.GetFileName(file) != "Terminal.cs");

        Assert.DoesNotContain(files, file => WithoutComments(file).Any(line => console.IsMatch(line)));
    }

    private static IEnumerable<string> WithoutComments(string file) =>
        Repository.Read(file).Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    private static string ShortName(string project) =>
        project.Replace('\\', '/').Split('/')[^1].Replace("Signalbox.", "", StringComparison.Ordinal).Replace(".csproj", "", StringComparison.Ordinal);
}
