using System.Runtime.CompilerServices;
using System.Text.Json;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;
using Xunit;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Guard;

public sealed class GuardSarifTests
{
    [Fact]
    public async Task A_result_has_what_sarif_requires_and_points_at_its_rule_and_resource()
    {
        var findings = (await Read(Plan([Change("module.db.aws_rds_cluster.x", "delete", "{}"), Change("aws_lb.x", "delete", "{}")]))).Findings;
        using var sarif = JsonDocument.Parse(Sarif(findings));

        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        var run = Assert.Single(sarif.RootElement.GetProperty("runs").EnumerateArray());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["error", "warning"], results.Select(result => result.GetProperty("level").GetString()));
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
        });
        var location = results[0].GetProperty("locations")[0].GetProperty("logicalLocations")[0];
        Assert.Equal("module.db.aws_rds_cluster.x", location.GetProperty("fullyQualifiedName").GetString());
        Assert.Equal("resource", location.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_real_plans_findings_are_written_as_sarif() =>
        Golden.Verify(Sarif((await Read(Sample("terraform-data.json"))).Findings), "terraform-data.sarif");

    [Fact]
    public void Each_rule_has_a_code_of_its_own_among_the_guards()
    {
        Assert.Distinct(PlanGuard.Rules.Select(rule => rule.Code));
        Assert.All(PlanGuard.Rules, rule => Assert.StartsWith("SB31", rule.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_rule_has_its_page()
    {
        var pages = Path.Combine(Path.GetDirectoryName(Here())!, "../../../../docs/diagnostics");

        Assert.All(
            [.. PlanGuard.Rules, PlanReader.NotJson, PlanReader.NotAPlan, PlanReader.OtherFormat, PlanSummaryJson.Unreadable],
            rule => Assert.StartsWith($"# {rule.Code}: {rule.Title}\n", File.ReadAllText(Path.Combine(pages, $"{rule.Code}.md")), StringComparison.Ordinal));
    }

    private static string Here([CallerFilePath] string here = "") => here;
}
