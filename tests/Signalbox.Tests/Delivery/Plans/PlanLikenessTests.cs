using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Plans;
using Xunit;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Plans;

/// <summary>When two plans mean the same, and what is said when they do not.</summary>
public sealed class PlanLikenessTests
{
    private const string Update = """{"id":"svc-1","desired_count":1,"seen_at":"noon","password":"old"}""";
    private const string Mask = """{"password":true}""";

    [Fact]
    public async Task Another_look_at_the_same_world_means_the_same()
    {
        var likeness = await Compare(
            [Service(Update, """{"id":"svc-1","desired_count":2,"seen_at":"noon","password":"new"}""")],
            [Service(Update.Replace("noon", "evening", StringComparison.Ordinal), """{"desired_count":2,"id":"svc-1","seen_at":"evening","password":"new"}""")]);

        Assert.Empty(likeness.Differences);
    }

    [Fact]
    public async Task A_secret_that_differs_is_a_difference_that_nobody_sees()
    {
        var likeness = await Compare(
            [Service(Update, """{"id":"svc-1","desired_count":1,"seen_at":"noon","password":"planted-1"}""")],
            [Service(Update, """{"id":"svc-1","desired_count":1,"seen_at":"noon","password":"planted-2"}""")]);

        var difference = Assert.Single(likeness.Differences);
        Assert.Equal(Unlikeness.Otherwise, difference.Kind);
        Assert.Equal(["in values that a summary does not show"], difference.Details);
        Assert.DoesNotContain("planted", likeness.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_value_is_said_beside_the_approved_one()
    {
        var likeness = await Compare(
            [Service(Update, """{"id":"svc-1","desired_count":2,"seen_at":"noon","password":"old"}""")],
            [Service(Update, """{"id":"svc-1","desired_count":3,"seen_at":"noon","password":"old"}""")]);

        var difference = Assert.Single(likeness.Differences);
        Assert.Equal("update aws_x.service", difference.Subject);
        Assert.Equal(["desired_count: 1 → 3 (was 1 → 2)"], difference.Details);
    }

    [Fact]
    public async Task A_value_that_no_summary_of_a_creation_lists_counts_too()
    {
        var likeness = await Compare(
            [Change("aws_x.new", "create", after: """{"name":"n","size":1}""")],
            [Change("aws_x.new", "create", after: """{"name":"n","size":2}""")]);

        Assert.Equal(["in values that a summary does not show"], Assert.Single(likeness.Differences).Details);
    }

    [Theory]
    [InlineData("""{"size":true}""", """{"name":"n"}""", "{}", """{"name":"n","size":1}""")] // no longer known only after the apply
    [InlineData("{}", """{"name":"n","on":true}""", "{}", """{"name":"n","on":"true"}""")] // another type of the same spelling
    [InlineData("{}", """{"name":"n","list":["a","b"]}""", "{}", """{"name":"n","list":["b","a"]}""")]
    public async Task What_is_written_otherwise_is_otherwise(string unknown, string after, string unknownNow, string afterNow)
    {
        var likeness = await Compare(
            [Change("aws_x.new", "create", after: after, unknown: unknown)],
            [Change("aws_x.new", "create", after: afterNow, unknown: unknownNow)]);

        Assert.Equal(Unlikeness.Otherwise, Assert.Single(likeness.Differences).Kind);
    }

    [Fact]
    public async Task What_comes_and_what_goes_is_named_and_a_new_finding_too()
    {
        var likeness = await Compare(
            [Change("aws_x.first", "create", after: """{"name":"n"}""")],
            [Change("aws_db_instance.main", "delete", before: """{"id":"db-1","identifier":"main"}""")]);

        Assert.Contains(likeness.Differences, difference => difference is { Kind: Unlikeness.NowAlso, Subject: "delete aws_db_instance.main" });
        Assert.Contains(likeness.Differences, difference => difference is { Kind: Unlikeness.NoLonger, Subject: "create aws_x.first" });
        Assert.Contains(likeness.Differences, difference => difference.Kind == Unlikeness.NewFinding && difference.Subject.Contains("aws_db_instance.main", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_address_with_another_object_behind_it_is_another_deletion()
    {
        var likeness = await Compare(
            [Change("aws_x.gone", "delete", before: """{"id":"i-1"}""")],
            [Change("aws_x.gone", "delete", before: """{"id":"i-2"}""")]);

        Assert.Equal(Unlikeness.Otherwise, Assert.Single(likeness.Differences).Kind);
    }

    [Fact]
    public async Task Other_tools_and_another_intent_make_another_plan()
    {
        string[] change = [Change("aws_x.new", "create", after: """{"name":"n"}""")];

        var likeness = await Compare(change, change, Sample.Manifest with { ParkIntent = "parked", Terraform = new ManifestTool("Terraform", "1.12.0") });

        Assert.Equal(["intent", "tools"], likeness.Differences.Select(difference => difference.Subject));
        Assert.All(likeness.Differences, difference => Assert.Equal(Unlikeness.MadeOtherwise, difference.Kind));
    }

    [Fact]
    public async Task A_plan_for_elsewhere_or_one_that_parks_cannot_be_planned_again_so()
    {
        var plan = await Earlier([]);
        var parks = Sample.Opened(Sample.Manifest with { ParkIntent = "parked", Movement = new MovementRecord { To = "parked" } });

        Assert.Null(PlanLikeness.Problem(plan, "prod", Target.Sandbox));
        Assert.Equal("SB3227", PlanLikeness.Problem(plan, "prod", Target.Aws)?.Rule.Code);
        Assert.Equal("SB3227", PlanLikeness.Problem(plan, "staging", Target.Sandbox)?.Rule.Code);
        Assert.Contains("signalbox park prod", PlanLikeness.Problem(parks, "prod", Target.Sandbox)?.Hint, StringComparison.Ordinal);
    }

    private static string Service(string before, string after) => Change("aws_x.service", "update", before, after, beforeMask: Mask, afterMask: Mask);

    private static async Task<PlanLikeness> Compare(string[] earlier, string[] now, PlanManifest? manifest = null) =>
        Sample.Value(PlanLikeness.Of(await Earlier(earlier), manifest ?? Sample.Manifest, await Read(Plan(now))));

    private static async Task<OpenedPlan> Earlier(string[] changes)
    {
        var reading = await Read(Plan(changes));
        var contents = new PlanContents("terraform's plan"u8.ToArray(), PlanReview.ToJson(reading), [], [.. reading.Fingerprints]);
        return Sample.Value(SealedPlan.Seal(Sample.Manifest, contents, Sample.Key()).Open(Sample.Key()));
    }
}
