using System.Text.RegularExpressions;
using Signalbox.EndToEnd.Prod;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.Images;

/// <summary>
/// The images of this repository, offline: built and published by the pipeline's own workflow under tags that never move,
/// found, pinned, rolled out by a real Terraform apply, and proved.
/// </summary>
[Collection(AppliedOnce.Name)]
public sealed class ImageDelivery(AppliedEnvironment environment)
{
    private const string Base = "prefect-3-python3.12-ecs";
    private const string Deployer = "prefect-deployer-3-python3.12";

    [Fact]
    public async Task The_images_go_from_their_dockerfiles_to_a_proven_rollout()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/buildah") || File.Exists("/usr/local/bin/buildah"), "buildah is not installed");
        await environment.Reset();
        await environment.Git("config", "user.name", "Ada");
        await environment.Git("config", "user.email", "ada@example.test");

        // The first time both are published; the second time nothing is.
        var first = await Refresh();
        Assert.Contains($"blog-data:{Base} is published", first, StringComparison.Ordinal);
        Assert.Matches($"blog-data:{Deployer}-[0-9a-f]{{7}} is published", first);
        Assert.Contains("A stand-in takes its name", first, StringComparison.Ordinal);
        var published = await Published();
        var second = await Refresh();
        Assert.Equal(2, Regex.Count(second, "was built from the same source; nothing to do", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.DoesNotContain("pushing", second, StringComparison.Ordinal);
        Assert.Equal(published, await Published());

        // A changed Dockerfile gets the next concrete tag, and the newer base does not become the latest deployer.
        var raised = await Raise();
        await AssertTakenTagIsRefused(raised);
        Assert.Contains($"blog-data:{raised} is published", await Refresh(), StringComparison.Ordinal);
        Assert.Equal(raised, await Latest("prefect-base"));
        var deployer = await Latest("prefect-deployer");
        Assert.Contains($"{deployer} is published", first, StringComparison.Ordinal);
        var (lying, honest) = await DocumentedQueries();
        Assert.Equal(raised, (await environment.Shell(lying)).Answer.Trim());
        Assert.Equal($"\"{deployer}\"", (await environment.Shell(honest)).Answer.Trim());

        // Once the raised base is pinned, the deployer is built on it.
        await Image("pin", "prefect-base", "--latest", "--commit");
        var digest = (await environment.Shell($"aws ecr describe-images --repository-name blog-data --image-ids imageTag={raised} --query 'imageDetails[0].imageDigest' --output text")).Answer.Trim();
        var rebuilt = await Refresh();
        Assert.Matches($"FROM .*/blog-data@{digest}", rebuilt);
        var pin = $"signalbox image pin prefect-deployer {await Latest("prefect-deployer")}";
        Assert.EndsWith($"\n{pin}\n", rebuilt, StringComparison.Ordinal);
        Assert.DoesNotContain(deployer, pin, StringComparison.Ordinal);

        await Image("pin", "prefect-deployer", "--latest", "--commit");
        var behind = await environment.Signalbox("image", "check", "prod", "--running");
        Must(await environment.Signalbox("run", "terraform-prod", "--approve-all"));
        var proven = Must(await environment.Signalbox("image", "check", "prod", "--running")).Answer;

        Assert.Equal(1, behind.Code);
        Assert.Contains("error[SB2046]: `blog-prefect-deployer` (blog-prefect-deployer:1) names", behind.Conversation, StringComparison.Ordinal);
        Assert.Contains("prefect-server: rolled forward (blog-prefect-server:2", proven, StringComparison.Ordinal);
        Assert.Contains("prefect-worker: rolled forward (blog-prefect-worker:2", proven, StringComparison.Ordinal);
        Assert.Contains("blog-prefect-deployer: rolled forward (blog-prefect-deployer:2", proven, StringComparison.Ordinal);
        Assert.DoesNotContain("behind", proven, StringComparison.Ordinal);
        var newest = (await Image("list", "prefect-deployer")).Answer.Split('\n')[1];
        Assert.Matches($"^{Deployer}-[0-9a-f]{{7}} .* linux/amd64 .*pinned by prod, on a stand-in$", newest);
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
        await File.WriteAllTextAsync(file, Regex.Replace(text, $"(?<={Deployer}-)[0-9a-f]{{7}}", "fffffff", RegexOptions.None, TimeSpan.FromSeconds(1)), TestContext.Current.CancellationToken);

        var planned = await environment.Signalbox("plan", "prod");
        var applied = await environment.Wrapper("apply");
        var definitions = await environment.Shell("aws ecs list-task-definitions --family-prefix blog-prefect-deployer --query 'taskDefinitionArns' --output text");

        Assert.Equal(1, planned.Code);
        Assert.Contains("deny[SB2060]", planned.Answer, StringComparison.Ordinal);
        Assert.Contains($"module.prefect.module.deployer.aws_ecs_task_definition.this: `blog-data:{Deployer}-fffffff` does not exist", planned.Answer, StringComparison.Ordinal);
        Assert.Equal(1, applied.Code);
        Assert.Contains("SB2060", applied.All, StringComparison.Ordinal);
        Assert.EndsWith("/blog-prefect-deployer:1\n", definitions.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_the_registry_of_an_account_is_not_asked()
    {
        var ending = await PublishedProgram.Run(
            environment.Folder,
            ["image", "publish", "prefect-base", "--target", "aws"],
            ("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"), ("AWS_ACCESS_KEY_ID", null), ("AWS_SECRET_ACCESS_KEY", null));

        Assert.Equal(1, ending.Code);
        Assert.Contains("error[SB5001]", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("The environment variables AWS_ACCESS_KEY_ID", ending.Conversation, StringComparison.Ordinal);
    }

    /// <summary>Commits a changed Dockerfile.</summary>
    /// <returns>The tag that the next base must get.</returns>
    private async Task<string> Raise()
    {
        await File.AppendAllTextAsync(Path.Combine(environment.Folder, "docker", "prefect-base-ecs", "Dockerfile"), "ENV RAISED=1\n", TestContext.Current.CancellationToken);
        await environment.Git("commit", "-qam", "Raise the base");
        return $"{Base}-{(await environment.Git("rev-parse", "HEAD")).Answer[..7]}";
    }

    private async Task AssertTakenTagIsRefused(string next)
    {
        var refused = await environment.Signalbox("image", "publish", "prefect-base");

        Assert.Equal(1, refused.Code);
        Assert.Contains("SB2050", refused.Conversation, StringComparison.Ordinal);
        Assert.Contains(next, refused.Conversation, StringComparison.Ordinal);
        Assert.DoesNotContain("STEP", refused.All, StringComparison.Ordinal);
    }

    /// <returns>What the steps of the workflow printed.</returns>
    private async Task<string> Refresh()
    {
        Must(await environment.Signalbox("run", "refresh-prefect-image", "--approve-all"));
        return Must(await environment.Signalbox("logs", "last")).All;
    }

    /// <summary>The query that is often used, and the one that asks the right question, as the documentation gives them.</summary>
    private static async Task<(string Lying, string Honest)> DocumentedQueries()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(PublishedProgram.Repository, "docs", "images.md"), TestContext.Current.CancellationToken);
        var queries = Regex.Matches(page, "(?<=```\n)aws ecr describe-images [^#]*?(?=\n```)", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal(2, queries.Count);
        return (queries[0].Value, queries[1].Value);
    }

    /// <summary>Everything the account says of the images: digests, tags, sizes, when they were pushed.</summary>
    private async Task<string> Published() => (await environment.Shell("aws ecr describe-images --repository-name blog-data --output json")).Answer;

    private async Task<string> Latest(string family) => (await Image("latest", family)).Answer.Trim();

    private async Task<Ending> Image(params string[] arguments) => Must(await environment.Signalbox(["image", .. arguments]));
}
