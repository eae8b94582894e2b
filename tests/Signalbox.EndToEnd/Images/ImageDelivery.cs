using Signalbox.EndToEnd.Prod;
using Xunit;

namespace Signalbox.EndToEnd.Images;

/// <summary>
/// The images of this repository, offline: built, published under tags that never move, found, pinned, rolled out by a
/// real Terraform apply, and proved. The environment is applied first, because Terraform makes the repositories.
/// </summary>
public sealed class ImageDelivery(AppliedEnvironment environment) : IClassFixture<AppliedEnvironment>
{
    private const string Base = "prefect-3-python3.12-ecs";

    [Fact]
    public async Task An_image_goes_from_its_dockerfile_to_a_proven_rollout()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/buildah") || File.Exists("/usr/local/bin/buildah"), "buildah is not installed");
        await environment.Reset();
        await Git("config", "user.name", "Ada");
        await Git("config", "user.email", "ada@example.test");

        // The first base, and the same again: nothing to do.
        Assert.Contains($"blog-data:{Base} is published", (await Image("publish", "prefect-base")).Answer, StringComparison.Ordinal);
        Assert.Contains("nothing to do", (await Image("publish", "prefect-base", "--next")).Answer, StringComparison.Ordinal);

        // A changed Dockerfile is refused before the build, and gets the next tag when told so.
        await File.AppendAllTextAsync(Path.Combine(environment.Folder, "docker", "prefect-base-ecs", "Dockerfile"), "ENV RAISED=1\n", TestContext.Current.CancellationToken);
        await Git("commit", "-qam", "Raise the base");
        var refused = await environment.Signalbox("image", "publish", "prefect-base");
        Assert.Equal(1, refused.Code);
        Assert.Contains("SB2050", refused.Conversation, StringComparison.Ordinal);
        Assert.DoesNotContain("STEP", refused.All, StringComparison.Ordinal);
        await Image("publish", "prefect-base", "--next");
        var raised = (await Image("latest", "prefect-base")).Answer.Trim();
        Assert.Matches($"^{Base}-[0-9a-f]{{7}}$", raised);

        // The deployer is built on the pinned base; a newer base does not become the latest deployer.
        await Image("pin", "prefect-base", "--latest", "--commit");
        await Image("publish", "prefect-deployer");
        await File.AppendAllTextAsync(Path.Combine(environment.Folder, "docker", "prefect-base-ecs", "Dockerfile"), "ENV RAISED=2\n", TestContext.Current.CancellationToken);
        await Image("publish", "prefect-base", "--next");
        var deployer = (await Image("latest", "prefect-deployer")).Answer.Trim();
        Assert.Matches("^prefect-deployer-3-python3.12-[0-9a-f]{7}$", deployer);
        await Git("checkout", "-q", "docker");
        await Image("pin", "prefect-deployer", "--latest", "--commit");

        // Before the apply the old task definitions are behind; after it every one is rolled forward.
        var behind = await environment.Signalbox("image", "check", "prod", "--running");
        Assert.Equal(1, behind.Code);
        Assert.Contains("SB2046", behind.Conversation, StringComparison.Ordinal);
        AppliedEnvironment.Must(await environment.Wrapper("plan"));
        AppliedEnvironment.Must(await environment.Wrapper("apply"));
        var proven = AppliedEnvironment.Must(await environment.Signalbox("image", "check", "prod", "--running")).Answer;
        Assert.Contains("prefect-server: rolled forward", proven, StringComparison.Ordinal);
        Assert.Contains("prefect-worker: rolled forward", proven, StringComparison.Ordinal);
        Assert.Contains("on a stand-in", proven, StringComparison.Ordinal);
        Assert.DoesNotContain("behind", proven, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_with_an_image_that_does_not_exist_is_denied_before_anything_starts()
    {
        await environment.Reset();
        await environment.Shell("""
            aws ecr put-image --repository-name blog-data --image-tag other-1.0.0 --image-manifest '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"size":1},"layers":[]}' >/dev/null
            """);
        var file = Path.Combine(environment.Folder, "infra", "envs", "prod", "main.tf");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        try
        {
            await File.WriteAllTextAsync(file, text.Replace("prefect-deployer-3-python3.12-", "prefect-deployer-3-python3.12-fff", StringComparison.Ordinal), TestContext.Current.CancellationToken);

            var ending = await environment.Signalbox("plan", "prod");

            Assert.Equal(1, ending.Code);
            Assert.Contains("SB2060", ending.Answer, StringComparison.Ordinal);
            Assert.Matches(@"guard +deny", ending.Answer);
        }
        finally
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }
    }

    private async Task<Ending> Image(params string[] arguments) =>
        AppliedEnvironment.Must(await environment.Signalbox(["image", .. arguments]));

    private async Task Git(params string[] arguments) => AppliedEnvironment.Must(
        await PublishedProgram.RunOther("/usr/bin/git", environment.Folder, arguments, TestContext.Current.CancellationToken));
}
