using Signalbox.Delivery.Images.Source;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>What publishing came to.</summary>
/// <param name="WasThere">Nothing was built or pushed: an image of the same source was there.</param>
public sealed record Publication(FamilyImage Image, string Source, bool WasThere);

/// <summary>What is published, from where.</summary>
/// <param name="Commit">In full, with `-dirty` after it when the checkout holds changes; null outside a repository.</param>
/// <param name="Basis">The proven image that the family is built on; null when its Dockerfile names that.</param>
public sealed record PublishRequest(string RepositoryFolder, ImageFamily Family, string? Commit, ProvenImage? Basis, bool TakesNext, bool IsSandbox);

/// <summary>Builds and pushes, and never moves a tag.</summary>
/// <param name="builder">Asked for only when something is to be built.</param>
public sealed class Publisher(IImageRegistry registry, Func<CancellationToken, Task<Outcome<IImageBuilder>>> builder)
{
    private static readonly Rule RaceLost = new("SB2051", Severity.Error, "Somebody else published the tag meanwhile");
    private static readonly Rule NoCommit = new("SB2055", Severity.Error, "There is no commit to name an image after");
    private static readonly Rule NotVisible = new("SB2059", Severity.Error, "A pushed image is not in the registry");

    public async Task<Outcome<Publication>> Publish(PublishRequest request, Action<string> say, CancellationToken cancellation)
    {
        var family = request.Family;
        if (request.Commit is not { Length: >= TagTemplate.ShortCommitLength } commit)
            return NoCommit.Without("this checkout has no commit, and a tag is named after one", "commit first");
        var source = await SourceDigest.Of(request.RepositoryFolder, family, request.Basis?.Image.Image.Digest, cancellation);
        if (!(await PublishPlan.Make(registry, family, source, commit[..TagTemplate.ShortCommitLength], request.TakesNext, cancellation)).Succeeded(out var plan, out var problems))
            return new Outcome<Publication>.Failure(problems);
        if (plan is PublishPlan.Nothing nothing)
            return new Publication(nothing.Image, source, WasThere: true);

        var tag = ((PublishPlan.Build)plan).Tag;
        if (!(await Build(request, tag, source, say, cancellation)).Succeeded(out var built, out problems))
            return new Outcome<Publication>.Failure(problems);
        say($"pushing {family.Repository}:{tag}");
        return await built.Builder.Push(built.Build, say, cancellation) switch
        {
            ImagePush.Done => await Published(family, tag, source, cancellation),
            ImagePush.TagTaken => RaceLost.Without(
                $"while this was built, another image was published as `{family.Repository}:{tag}`; nothing of yours is visible",
                $"run `signalbox image publish {family.Name}{(request.TakesNext ? "" : " --next")}` again"),
            ImagePush.Failed failed => failed.Problem,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Builds under the tag without asking the registry for it.</summary>
    public async Task<Outcome<BuiltImage>> Build(PublishRequest request, string tag, string source, Action<string> say, CancellationToken cancellation)
    {
        if (!(await builder(cancellation)).Succeeded(out var program, out var problems)
            || !(await registry.LogIn(cancellation)).Succeeded(out var login, out problems))
        {
            return new Outcome<BuiltImage>.Failure(problems);
        }

        var build = Of(request, login, tag, source);
        say($"building {request.Family.Repository}:{tag} with {program.Name}");
        return (await program.Build(build, say, cancellation)).Succeeded(out _, out problems)
            ? new BuiltImage(program, build)
            : new Outcome<BuiltImage>.Failure(problems);
    }

    private static ImageBuild Of(PublishRequest request, RegistryLogin login, string tag, string source)
    {
        var (family, commit) = (request.Family, request.Commit ?? "unknown");
        var basis = request.Basis?.Image;
        return new ImageBuild
        {
            Name = $"{login.Authority}/{family.Repository}:{tag}",
            Context = BuildContext.Of(request.RepositoryFolder, family),
            Platform = family.Platform,
            Labels =
            [
                new(ImageFamily.FamilyLabel, family.Name),
                new(ImageDescription.SourceLabel, source),
                new(ImageDescription.CommitLabel, commit),
                .. basis is null ? (ValueList<KeyValuePair<string, string>>)[] : [new("org.opencontainers.image.base.digest", basis.Image.Digest.Text)],
            ],
            Arguments =
            [
                new("SOURCE_COMMIT", commit),
                .. basis is null ? (ValueList<KeyValuePair<string, string>>)[] : [new("BASE_IMAGE", $"{login.Authority}/{basis.Family.Repository}@{basis.Image.Digest}")],
            ],
            Login = login,
            MayStandIn = request.IsSandbox,
        };
    }

    private async Task<Outcome<Publication>> Published(ImageFamily family, string tag, string source, CancellationToken cancellation) =>
        await registry.Find(family.Repository, new ImageName.ByTag(tag), cancellation) switch
        {
            ImageLookUp.Found found => new Publication(new FamilyImage(family, tag, found.Image), source, WasThere: false),
            ImageLookUp.Refused refused => refused.Problem,
            _ => NotVisible.Without($"`{family.Repository}:{tag}` was pushed, and the registry does not have it", "run the command again; if it stays, look at who deletes images there"),
        };
}

/// <summary>An image in a builder's own store.</summary>
public sealed record BuiltImage(IImageBuilder Builder, ImageBuild Build);
