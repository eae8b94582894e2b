using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

/// <summary>Which image is the right one, and what is wrong with the others.</summary>
public sealed class FamilyTests
{
    private const string Repository = "blog-data";
    private readonly RememberedRegistry _registry = new();

    private static ImageFamily Deployer { get; } = Families.Of("prefect-deployer", Repository, "prefect-deployer-3-python3.12-{short_sha}") with { Local = "x" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_of_the_family_is_found_although_others_were_pushed_later()
    {
        _registry.Add(Repository, "prefect-deployer-3-python3.12-0000001");
        _registry.Add(Repository, "prefect-deployer-3-python3.12-0000002");
        _registry.Add(Repository, "prefect-3-python3.12-ecs");
        _registry.Add(Repository, "4f2c91a04f2c91a04f2c91a04f2c91a04f2c91a0");
        _registry.Add(Repository, tag: null);

        Assert.Equal("prefect-deployer-3-python3.12-0000002", (await Latest()).Tag);
    }

    [Fact]
    public async Task A_label_of_another_family_outweighs_a_tag_that_looks_right()
    {
        _registry.Add(Repository, "prefect-deployer-3-python3.12-0000001", family: "prefect-deployer");
        _registry.Add(Repository, "prefect-deployer-3-python3.12-0000002", family: "something-else");

        Assert.Equal("prefect-deployer-3-python3.12-0000001", (await Latest()).Tag);
    }

    [Fact]
    public async Task An_image_that_cannot_be_read_is_found_by_its_tag_and_the_doubt_is_told()
    {
        _registry.Add(Repository, "prefect-deployer-3-python3.12-0000001", readable: false);
        var doubts = new List<Diagnostic>();

        Assert.True((await new FamilyCatalogue(_registry, Deployer).Latest(doubts.Add, Cancellation)).Succeeded(out var latest, out _));

        Assert.Equal("prefect-deployer-3-python3.12-0000001", latest.Tag);
        Assert.Single(doubts);
    }

    [Fact]
    public async Task A_repository_without_the_family_is_told_with_the_command_that_publishes_it()
    {
        _registry.Add(Repository, "prefect-3-python3.12-ecs");

        Assert.False((await new FamilyCatalogue(_registry, Deployer).Latest(static _ => { }, Cancellation)).Succeeded(out _, out var problems));

        Assert.Equal("SB2035", Assert.Single(problems).Rule.Code);
    }

    [Theory]
    [InlineData("prefect-3-python3.12-ecs", "SB2041")]
    [InlineData("prefect-deployer-3-python3.12-0000009", "SB2040")]
    [InlineData("prefect-deployer-3-python3.12-0000002", "SB2041")]
    [InlineData("prefect-deployer-3-python3.12-0000003", "SB2042")]
    [InlineData("prefect-deployer-3-python3.12-0000004", "SB2033")]
    [InlineData(null, "SB2045")]
    public async Task What_cannot_be_proven_cannot_be_pinned(string? tag, string code)
    {
        _registry.Add(Repository, "prefect-deployer-3-python3.12-0000002", family: "other");
        _registry.Add(Repository, "prefect-deployer-3-python3.12-0000003", platform: "linux/arm64");
        _registry.Add(Repository, "prefect-deployer-3-python3.12-0000004", readable: false);

        Assert.False((await new ImageProof(_registry).Prove(Deployer, tag, digest: null, Cancellation)).Succeeded(out _, out var problems));

        Assert.Equal(code, Assert.Single(problems).Rule.Code);
        Assert.NotNull(problems[0].Hint);
    }

    [Fact]
    public async Task A_tag_that_means_another_digest_than_the_pinned_one_is_wrong()
    {
        var image = _registry.Add(Repository, "prefect-deployer-3-python3.12-0000001");
        var other = ImageDigest.Parse($"sha256:{new string('f', 64)}");

        Assert.True((await Prove(image.Digest)).Succeeded(out _, out _));
        Assert.False((await Prove(other)).Succeeded(out _, out var problems));

        Assert.Equal("SB2043", Assert.Single(problems).Rule.Code);

        Task<Outcome<ProvenImage>> Prove(ImageDigest? digest) => new ImageProof(_registry).Prove(Deployer, "prefect-deployer-3-python3.12-0000001", digest, Cancellation);
    }

    [Fact]
    public async Task In_the_sandbox_an_image_that_is_built_elsewhere_may_be_missing_and_in_an_account_it_may_not()
    {
        _registry.Make("blog-portal");
        var portal = Families.Of("portal", "blog-portal", "portal-{version}");

        Assert.IsType<PinnedImageCheck.NotHere>(await PinnedImageCheck.Of(_registry, portal, "portal-1.0.0", digest: null, isSandbox: true, Cancellation));
        Assert.IsType<PinnedImageCheck.Wrong>(await PinnedImageCheck.Of(_registry, portal, "portal-1.0.0", digest: null, isSandbox: false, Cancellation));
        Assert.IsType<PinnedImageCheck.Wrong>(await PinnedImageCheck.Of(_registry, portal, "latest", digest: null, isSandbox: true, Cancellation));
    }

    [Fact]
    public void A_rollout_is_forward_only_when_what_runs_is_the_pinned_image_too()
    {
        const string Tag = "prefect-deployer-3-python3.12-0000001";
        var pinned = ImageDigest.Parse($"sha256:{new string('a', 64)}")!;
        var old = ImageDigest.Parse($"sha256:{new string('b', 64)}")!;

        Assert.Equal(RolloutState.RolledForward, State(Tag, null));
        Assert.Equal(RolloutState.RolledForward, State(Tag, pinned));
        Assert.Equal(RolloutState.Rolling, State(Tag, old));
        Assert.Equal(RolloutState.Rolling, State(Tag, pinned, isRolling: true));
        Assert.Equal(RolloutState.Behind, State("prefect-deployer-3-python3.12-0000000", pinned));
        Assert.Empty(Rollout.Of(Deployer, Tag, pinned, [Deployed("prefect-3-python3.12-ecs", null, isRolling: false)]));

        RolloutState State(string tag, ImageDigest? running, bool isRolling = false) =>
            Assert.Single(Rollout.Of(Deployer, Tag, pinned, [Deployed(tag, running, isRolling)])).State;

        static Deployment Deployed(string tag, ImageDigest? running, bool isRolling)
        {
            var image = new ImageReference("registry.example", Repository, tag, Digest: null);
            return new Deployment("worker", "blog-worker:1", [image], Wanted: 1, Running: 1, isRolling, running is null ? [] : [new RunningContainer(image, running)]);
        }
    }

    private async Task<FamilyImage> Latest()
    {
        Assert.True((await new FamilyCatalogue(_registry, Deployer).Latest(static _ => { }, Cancellation)).Succeeded(out var latest, out _));
        return latest;
    }
}
