using System.Globalization;
using CsCheck;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;
using Xunit;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Plans;

public sealed class RenderingTests
{
    private const string Evil = "\u001b[2J\u202enowhere\r\n| </td></table><script>@everyone **bold** `x` [l](http://e.vil) www.e.vil\u0000";

    [Fact]
    public async Task A_real_plan_reads_well_as_text() => Golden.Verify((await Texts("terraform-data.json"))[0], "terraform-data.txt");

    [Fact]
    public async Task A_real_plan_reads_well_as_markdown() => Golden.Verify((await Texts("terraform-data.json"))[1], "terraform-data.md");

    [Fact]
    public async Task A_real_plan_is_written_as_documented_json() => Golden.Verify((await Texts("terraform-data.json"))[2], "terraform-data.json");

    [Fact]
    public async Task Text_is_coloured_only_by_the_one_who_asks()
    {
        var reading = await Read(Sample("terraform-data.json"));

        var coloured = PlanSummaryText.Render(reading.Summary, reading.Findings, (tone, text) => $"<{tone}>{text}</>");

        Assert.Contains("<Danger>-</> terraform_data.dropped", coloured, StringComparison.Ordinal);
        Assert.DoesNotContain("<Danger>", PlanSummaryText.Render(reading.Summary, reading.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_cannot_leave_its_cell_or_style_the_page()
    {
        var json = System.Text.Json.JsonSerializer.Serialize(Evil);
        var reading = await Read(Plan([Change("aws_x.y", "update", """{"name":"a"}""", $$"""{"name":{{json}}}""")]));

        var markdown = PlanSummaryMarkdown.Render(reading.Summary, reading.Findings);

        var row = Assert.Single(markdown.Split('\n'), line => line.Contains("nowhere", StringComparison.Ordinal));
        Assert.Equal(5, row.Count(character => character == '|'));
        foreach (var dangerous in new[] { "<script", "</td", "@everyone", "**bold", "`x`", "](", "http:", "www." })
            Assert.DoesNotContain(dangerous, row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_plan_still_fits_a_comment_and_says_what_it_left_out()
    {
        var reading = await Read(Plan(Enumerable.Range(0, 3000).Select(index => Change($"aws_x.resource_number_{index}", "create"))));

        var markdown = PlanSummaryMarkdown.Render(reading.Summary, reading.Findings);

        Assert.True(markdown.Length < 65_536);
        Assert.Contains("more rows do not fit here", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rendering_of_any_summary_holds_a_control_character() =>
        Gen.Select(Text, Text, Text, Gen.Enum<PlannedAction>()).Sample((one, two, three, action) =>
        {
            var summary = Summary(one, two, three, action);
            ValueList<Finding> findings = [new(new Rule(one, Severity.Error, two), Judgement.Deny, three, one, two)];
            foreach (var rendering in new[] { PlanSummaryText.Render(summary, findings), PlanSummaryMarkdown.Render(summary, findings), Sarif(findings) })
            {
                Assert.DoesNotContain(rendering, character => character != '\n' && (char.IsControl(character)
                    || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
            }
        });

    [Fact]
    public void Any_summary_comes_back_from_its_json() =>
        Gen.Select(Text, Text, Text, Gen.Enum<PlannedAction>()).Sample((one, two, three, action) =>
        {
            var summary = Summary(one, two, three, action);
            ValueList<Finding> findings = [new(new Rule("SB3101", Severity.Error, two), Judgement.Hold, three, one, null)];

            Assert.True(PlanSummaryJson.Read(PlanSummaryJson.Write(summary, findings)).Succeeded(out var read, out _));

            Assert.Equal(new ReviewedPlan(1, "hold", summary, findings), read);
        });

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"schema\":1}")]
    [InlineData("{\"schema\":2,\"summary\":{\"terraform_version\":\"1\",\"counts\":{},\"changes\":[]},\"findings\":[]}")]
    public void A_stored_summary_of_another_shape_is_refused(string json)
    {
        Assert.False(PlanSummaryJson.Read(System.Text.Encoding.UTF8.GetBytes(json)).Succeeded(out _, out var problems));
        Assert.Equal("SB3099", Assert.Single(problems).Rule.Code);
    }

    private static Gen<string> Text { get; } = Gen.OneOf(
        Gen.String[Gen.Char["\u001b\u0007\r\n\t\u0000\u0085\u200e\u202e\u2028\u2066\ufeffabc<|`"], 0, 12], Gen.Const(Evil), Gen.Const("plain"));

    private static PlanSummary Summary(string one, string two, string three, PlannedAction action) => new()
    {
        TerraformVersion = one,
        Counts = new PlanCounts { Delete = 1 },
        Changes =
        [
            new ChangedResource
            {
                Address = one, Module = two, Type = three, Action = action, Reason = two, PreviousAddress = three, ImportId = one, Deposed = two,
                Attributes = [new AttributeChange(three, new PlanValue.Shown(one), new PlanValue.Sensitive(), ForcesReplacement: true)],
                RenewedAttributes = 2,
            },
        ],
        Outputs = [new ChangedOutput(two, action, [new AttributeChange(one, new PlanValue.Absent(), new PlanValue.KnownAfterApply(), ForcesReplacement: false)])],
        Drift = [three],
    };

    private static async Task<string[]> Texts(string sample) => [.. Renderings(await Read(Sample(sample)))];
}
