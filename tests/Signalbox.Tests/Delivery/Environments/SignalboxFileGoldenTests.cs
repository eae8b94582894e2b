using System.Text.RegularExpressions;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Signalbox.Tests.House;
using Xunit;

namespace Signalbox.Tests.Delivery.Environments;

public sealed class SignalboxFileGoldenTests
{
    public static TheoryData<string> Names => [.. BadFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_told_with_its_place_and_what_to_do(string name)
    {
        var outcome = SignalboxFile.Parse(new SourceText("signalbox.yml", BadFiles.All[name]), Checkout.LookUp);

        Assert.False(outcome.Succeeded(out _, out var problems));
        Assert.All(problems, problem => Assert.NotNull(problem.Hint));
        Golden.Verify(string.Join('\n', problems.Select(problem => DiagnosticText.Render(problem))), $"{name}.txt");
    }

    [Fact]
    public void Every_golden_file_belongs_to_a_case()
    {
        var kept = Repository.Files("tests/Signalbox.Tests/Delivery/Environments/Golden", "*.txt").Select(file => Path.GetFileNameWithoutExtension(file));

        Assert.Equal(BadFiles.All.Keys.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_of_the_file_has_a_case_here_or_a_test_of_its_own()
    {
        string[] elsewhere = ["SB3001", "SB3002", "SB3017", "SB3031", "SB3032", "SB3474"];
        var code = new Regex(@"SB\d{4}");
        var declared = CodesIn(Repository.Files("src/Signalbox.Delivery/Environments", "*.cs")).Where(found => found.CompareTo("SB3050") < 0 || found.CompareTo("SB3070") >= 0)
            .Concat(CodesIn(["src/Signalbox.Delivery/Register/RegisterStore.cs", "src/Signalbox.Delivery/Images/TagTemplate.cs"]));
        var told = CodesIn(Repository.Files("tests/Signalbox.Tests/Delivery/Environments/Golden", "*.txt"));

        Assert.Equal(declared.Order(StringComparer.Ordinal), told.Concat(elsewhere).Order(StringComparer.Ordinal));

        IEnumerable<string> CodesIn(IEnumerable<string> files) =>
            files.SelectMany(file => code.Matches(Repository.Read(file))).Select(match => match.Value).Distinct(StringComparer.Ordinal);
    }
}
