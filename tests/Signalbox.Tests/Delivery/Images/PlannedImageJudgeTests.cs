using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

/// <summary>A plan whose images are not what they must be is denied before anything starts.</summary>
public sealed class PlannedImageJudgeTests
{
    private const string Host = "123456789012.dkr.ecr.eu-west-2.amazonaws.com";
    private const string Base = "prefect-3-python3.12-ecs";
    private readonly RememberedRegistry _registry = new();

    [Fact]
    public async Task An_image_that_is_there_and_fits_is_not_worth_a_word()
    {
        _registry.Add("blog-data", Base, family: "prefect-base");

        Assert.Empty(await Judge($"{Host}/blog-data:{Base}"));
    }

    [Fact]
    public async Task An_image_that_is_missing_beside_others_denies_the_plan_in_the_sandbox_too()
    {
        _registry.Add("blog-data", "prefect-deployer-3-python3.12-0000001");

        foreach (var isSandbox in new[] { true, false })
        {
            var finding = Assert.Single(await Judge($"{Host}/blog-data:{Base}", isSandbox));
            Assert.Equal(("SB2060", Judgement.Deny), (finding.Rule.Code, finding.Judgement));
        }
    }

    [Fact]
    public async Task In_a_fresh_sandbox_a_missing_image_is_a_note_and_in_an_account_it_denies()
    {
        _registry.Make("blog-data");

        Assert.Equal(Judgement.Note, Assert.Single(await Judge($"{Host}/blog-data:{Base}", isSandbox: true)).Judgement);
        Assert.Equal(Judgement.Deny, Assert.Single(await Judge($"{Host}/blog-data:{Base}", isSandbox: false)).Judgement);
    }

    [Fact]
    public async Task A_repository_that_the_plan_makes_cannot_hold_the_image_yet()
    {
        Assert.Equal("SB2063", Assert.Single(await Judge($"{Host}/blog-data:{Base}", isSandbox: false, "blog-data")).Rule.Code);
        Assert.Equal("SB2060", Assert.Single(await Judge($"{Host}/blog-data:{Base}", isSandbox: false, "blog-portal")).Rule.Code);
    }

    [Fact]
    public async Task Another_platform_or_family_than_the_tag_says_denies()
    {
        _registry.Add("blog-data", Base, platform: "linux/arm64");
        Assert.Equal("SB2061", Assert.Single(await Judge($"{Host}/blog-data:{Base}")).Rule.Code);

        _registry.Add("blog-data", $"{Base}-0000001", family: "prefect-deployer");
        Assert.Equal("SB2061", Assert.Single(await Judge($"{Host}/blog-data:{Base}-0000001")).Rule.Code);
    }

    [Fact]
    public async Task What_nobody_could_look_at_is_held()
    {
        _registry.Add("blog-data", Base, readable: false);
        Assert.Equal(Judgement.Hold, Assert.Single(await Judge($"{Host}/blog-data:{Base}")).Judgement);

        _registry.IsAway = true;
        Assert.Equal(Judgement.Hold, Assert.Single(await Judge($"{Host}/blog-data:{Base}")).Judgement);
    }

    [Theory]
    [InlineData("public.ecr.aws/docker/library/redis:7.2.4")]
    [InlineData("999999999999.dkr.ecr.eu-west-2.amazonaws.com/blog-data:x1")]
    [InlineData("not an image reference")]
    public async Task Images_of_other_registries_are_not_ours_to_look_at(string image) => Assert.Empty(await Judge(image));

    private async Task<IReadOnlyCollection<Finding>> Judge(string image, bool isSandbox = true, params string[] newRepositories)
    {
        var plan = new PlanReading
        {
            Summary = new PlanSummary { TerraformVersion = "1.11.4", Counts = new(), Changes = [], Outputs = [], Drift = [], Errored = false, Complete = true },
            Findings = [],
            SensitiveValues = [],
            Outputs = [],
            Applyable = true,
            Images = [new("module.worker.aws_ecs_task_definition.this", image), new("module.server.aws_ecs_task_definition.this", image)],
            NewRepositories = [.. newRepositories],
        };
        ValueList<ImageFamily> families = [Families.Of("prefect-base", "blog-data", Base)];
        return await new PlannedImageJudge(_registry, "123456789012", families, isSandbox).Judge(plan, TestContext.Current.CancellationToken);
    }
}
