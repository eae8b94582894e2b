using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Images.Source;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

/// <summary>A tag never moves: what is there is left, what is taken is refused before anything is built.</summary>
public sealed class PublishingTests : IDisposable
{
    private const string Repository = "blog-data";
    private const string Commit = "1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d1a2b3c4d";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signalbox-publish-");
    private readonly RememberedRegistry _registry = new();
    private readonly RememberedBuilder _builder;

    public PublishingTests()
    {
        _registry.Make(Repository);
        _builder = new RememberedBuilder(_registry);
        Write("docker/base/Dockerfile", "FROM scratch\n");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_first_publish_takes_the_plain_tag_and_the_second_does_nothing()
    {
        var first = Value(await Publish());
        var second = Value(await Publish());
        var later = Value(await Publish(takesNext: true, commit: $"{new string('f', 40)}"));

        Assert.Equal(("prefect-3-python3.12-ecs", false), (first.Image.Tag, first.WasThere));
        Assert.Equal(("prefect-3-python3.12-ecs", true), (second.Image.Tag, second.WasThere));
        Assert.True(later.WasThere);
        Assert.Equal(1, _builder.Builds);
    }

    [Fact]
    public async Task A_changed_source_is_refused_before_the_build_with_both_digests_and_the_tag_to_use()
    {
        var first = Value(await Publish());
        Write("docker/base/extra", "new");

        var problem = Problem(await Publish());

        Assert.Equal("SB2050", problem.Rule.Code);
        Assert.Contains(first.Source, problem.Message, StringComparison.Ordinal);
        Assert.Contains(await SourceDigest.Of(_folder.FullName, Family, basis: null, Cancellation), problem.Message, StringComparison.Ordinal);
        Assert.Contains("`prefect-3-python3.12-ecs-1a2b3c4`", problem.Hint, StringComparison.Ordinal);
        Assert.Equal(1, _builder.Builds);
    }

    [Fact]
    public async Task With_next_a_changed_source_takes_the_next_free_tag_each_time()
    {
        Value(await Publish());
        Write("docker/base/extra", "new");
        Assert.Equal("prefect-3-python3.12-ecs-1a2b3c4", Value(await Publish(takesNext: true)).Image.Tag);

        Write("docker/base/extra", "newer");
        Assert.Equal("prefect-3-python3.12-ecs-1a2b3c4-r2", Value(await Publish(takesNext: true)).Image.Tag);
        Assert.True(Value(await Publish(takesNext: true)).WasThere);
    }

    [Fact]
    public async Task A_race_that_is_lost_at_the_push_is_told_as_one()
    {
        _builder.BeforePush = () => _registry.Add(Repository, "prefect-3-python3.12-ecs");

        Assert.Equal("SB2051", Problem(await Publish()).Rule.Code);
    }

    [Fact]
    public async Task Without_a_repository_a_commit_or_a_registry_nothing_is_built()
    {
        Assert.Equal("SB2055", Problem(await Publish(commit: null)).Rule.Code);
        _registry.IsAway = true;
        Assert.Equal("SB2033", Problem(await Publish()).Rule.Code);
        Assert.Equal(0, _builder.Builds);
    }

    [Fact]
    public async Task The_digest_of_the_source_counts_every_byte_name_and_mode_and_the_image_beneath()
    {
        Write("docker/base/run.sh", "#!/bin/sh\n");
        var seen = new HashSet<string>(StringComparer.Ordinal) { await Source() };

        Write("docker/base/run.sh", "#!/bin/sh\n\n");
        Assert.True(seen.Add(await Source()));
        File.Move(Path("docker/base/run.sh"), Path("docker/base/go.sh"));
        Assert.True(seen.Add(await Source()));
        File.SetUnixFileMode(Path("docker/base/go.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.True(seen.Add(await Source()));
        Assert.True(seen.Add(await SourceDigest.Of(_folder.FullName, Family, ImageDigest.Parse($"sha256:{new string('a', 64)}"), Cancellation)));
        Write("docker/elsewhere", "not of this image");
        Assert.False(seen.Add(await Source()));

        Task<string> Source() => SourceDigest.Of(_folder.FullName, Family, basis: null, Cancellation);
    }

    [Theory]
    [InlineData("tag invalid: The image tag 'a' already exists in the 'b' repository and cannot be overwritten because the repository is immutable.")]
    [InlineData("error: tag invalid: The image tag 'a' already exists in the 'b' repository and cannot be overwritten because the tag is immutable.")]
    [InlineData("An error occurred (ImageTagAlreadyExistsException) when calling the PutImage operation")]
    [InlineData("An error occurred (ImageAlreadyExistsException) when calling the PutImage operation")]
    public void Every_way_in_which_ecr_says_that_a_tag_is_taken_is_understood(string said) => Assert.True(TagRefusal.IsIn(said));

    [Theory]
    [InlineData("name unknown: The repository with name 'b' does not exist in the registry with id '123456789012'")]
    [InlineData("denied: Your authorization token has expired. Reauthenticate and try again.")]
    [InlineData("connection refused")]
    public void Other_refusals_are_not_taken_for_it(string said) => Assert.False(TagRefusal.IsIn(said));

    private static ImageFamily Family { get; } = Families.Of("prefect-base", Repository, "prefect-3-python3.12-ecs") with { Dockerfile = Dockerfile() };

    private static RepositoryPath Dockerfile()
    {
        const string Text = "docker/base/Dockerfile";
        Assert.True(RepositoryPath.Parse(new SourceText("x", Text), new Span(0, Text.Length), Text).Succeeded(out var path, out _));
        return path;
    }

    private Task<Outcome<Publication>> Publish(bool takesNext = false, string? commit = Commit) =>
        new Publisher(_registry, _ => Task.FromResult<Outcome<IImageBuilder>>(new Outcome<IImageBuilder>.Success(_builder)))
            .Publish(new PublishRequest(_folder.FullName, Family, commit, Basis: null, takesNext, IsSandbox: true), static _ => { }, Cancellation);

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
    }

    private static Publication Value(Outcome<Publication> outcome)
    {
        Assert.True(outcome.Succeeded(out var value, out var problems), string.Concat((problems ?? []).Select(problem => DiagnosticText.Render(problem))));
        return value;
    }

    private static Diagnostic Problem(Outcome<Publication> outcome) => Assert.Single(Assert.IsType<Outcome<Publication>.Failure>(outcome).Problems);
}

/// <summary>Builds nothing; what it pushes is in the registry afterwards, with the labels of the build.</summary>
internal sealed class RememberedBuilder(RememberedRegistry registry) : IImageBuilder
{
    public int Builds { get; private set; }

    public Action BeforePush { get; set; } = static () => { };

    public string Name => "memory";

    public Task<Outcome<bool>> Build(ImageBuild build, Action<string> onLine, CancellationToken cancellation)
    {
        Builds++;
        return Task.FromResult<Outcome<bool>>(true);
    }

    public async Task<ImagePush> Push(ImageBuild build, Action<string> onLine, CancellationToken cancellation)
    {
        BeforePush();
        var image = ImageReference.Parse(build.Name)!;
        if (await registry.Find(image.Repository, new ImageName.ByTag(image.Tag!), cancellation) is ImageLookUp.Found)
            return new ImagePush.TagTaken();
        var labels = build.Labels.ToDictionary(StringComparer.Ordinal);
        registry.Add(image.Repository, image.Tag, family: labels[ImageFamily.FamilyLabel], source: labels[ImageDescription.SourceLabel]);
        return new ImagePush.Done();
    }
}
