using System.Text;
using CsCheck;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;
using Xunit;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Plans;

public sealed class PlanReaderTests
{
    [Fact]
    public async Task A_real_plan_is_counted_as_Terraform_counts_it()
    {
        var reading = await Read(Sample("terraform-data.json"));

        Assert.Equal(new PlanCounts { Replace = 3, Delete = 2, Forget = 1, Update = 2, Create = 2, Move = 1 }, reading.Summary.Counts);
        Assert.Equal("1.11.4", reading.TerraformVersion);
        Assert.True(reading.HasChanges);
        Assert.True(reading.Applyable);
    }

    [Fact]
    public async Task A_clean_plan_says_so_in_its_first_line()
    {
        var reading = await Read(Sample("terraform-data-clean.json"));

        Assert.False(reading.HasChanges);
        Assert.StartsWith("No changes.\n", PlanSummaryText.Render(reading.Summary, reading.Findings), StringComparison.Ordinal);
        Assert.StartsWith("No changes.\n", PlanSummaryMarkdown.Render(reading.Summary, reading.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_park_intent_is_read_from_its_output_whether_it_changes_or_not()
    {
        var parking = await Read(Sample("terraform-data.json"));
        var parked = await Read(Sample("terraform-data-clean.json"));

        Assert.Equal(new PlannedOutput("parked", PlannedAction.Update, "false", "true"), parking.Outputs.Single(output => output.Name == "parked"));
        Assert.Equal("true", parked.Outputs.Single(output => output.Name == "parked").After);
        Assert.Null(parking.Outputs.Single(output => output.Name == "password").After);
    }

    [Fact]
    public async Task Reading_a_data_source_is_not_a_change()
    {
        var reading = await Read(Plan([Change("data.aws_ami.x", "read", members: "\"mode\":\"data\"", unknown: "{\"id\":true}")]));

        Assert.False(reading.HasChanges);
        Assert.Equal(1, reading.Summary.Counts.Read);
    }

    [Fact]
    public async Task Drift_is_listed_by_address()
    {
        var reading = await Read(Plan([], $"\"resource_drift\":[{Change("aws_b.z", "update")},{Change("aws_b.a", "delete")}]"));

        Assert.Equal(["aws_b.a", "aws_b.z"], reading.Summary.Drift);
    }

    [Theory]
    [InlineData("", "SB3090")]
    [InlineData("{\"format_version\":\"1.2\"", "SB3090")]
    [InlineData("{\"resource_changes\":[{\"change\":{}}],\"configuration\":{}}", "SB3090")]
    [InlineData("{\"resource_changes\":[{\"address\":\"a.b\",\"change\":{\"actions\":[\"explode\"]}}]}", "SB3090")]
    [InlineData("{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":\"\\ud800\"}]}", "SB3090")]
    [InlineData("[]", "SB3091")]
    [InlineData("{}", "SB3091")]
    [InlineData("{\"format_version\":\"1.0\",\"values\":{\"root_module\":{}}}", "SB3091")]
    [InlineData("{\"format_version\":\"2.0\",\"configuration\":{}}", "SB3092")]
    [InlineData("{\"format_version\":\"2.0\",\"resource_changes\":[{}]}", "SB3092")]
    public async Task What_is_not_a_plan_is_refused_with_a_diagnostic(string json, string code)
    {
        var outcome = await TryRead(Encoding.UTF8.GetBytes(json));

        Assert.False(outcome.Succeeded(out _, out var problems));
        Assert.Equal(code, Assert.Single(problems).Rule.Code);
    }

    [Fact]
    public async Task A_piece_longer_than_any_buffer_is_read_whole()
    {
        var text = new string('x', 3_000_000);
        var reading = await Read(Plan([Change("aws_x.y", "update", $"{{\"a\":\"{text}\"}}", $"{{\"a\":\"{text}\",\"b\":1}}")], $"\"planned_values\":{{\"skipped\":[\"{text}\"]}}"));

        Assert.Equal(["b"], Assert.Single(reading.Summary.Changes).Attributes.Select(attribute => attribute.Path));
    }

    /// <summary>Damage of any kind yields a reading or diagnostics, never an exception.</summary>
    [Fact]
    public async Task Damaged_plans_never_throw()
    {
        var whole = Encoding.UTF8.GetBytes(Sample("terraform-data.json"));
        var damage = Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, 40]);

        await Gen.Select(damage.List[1, 4], Gen.Int[0, whole.Length], Gen.Bool).SampleAsync(async mutation =>
        {
            var (hits, length, isCut) = mutation;
            var bytes = whole.ToList();
            foreach (var (at, value, removed) in hits)
            {
                bytes[Math.Min(at, bytes.Count - 1)] = value;
                bytes.RemoveRange(Math.Min(at, bytes.Count - 1), Math.Min(removed, bytes.Count - 1 - Math.Min(at, bytes.Count - 1)));
            }

            using var stream = new MemoryStream([.. isCut ? bytes.Take(length) : bytes]);
            var outcome = await PlanReader.Read(stream, new GuardPolicy(), CancellationToken.None);
            if (outcome.Succeeded(out var reading, out _))
                Assert.All(Renderings(reading), rendering => Assert.DoesNotContain('\u001b', rendering));
        }, iter: 400);
    }
}
