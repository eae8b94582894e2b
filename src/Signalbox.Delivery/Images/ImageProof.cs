using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>Looks at an image before anything relies on it: does it exist, is it of the family, does it run where it must.</summary>
public sealed class ImageProof(IImageRegistry registry)
{
    public static readonly Rule Missing = new("SB2040", Severity.Error, "An image does not exist in the registry");
    public static readonly Rule OtherFamily = new("SB2041", Severity.Error, "An image is of another family");
    public static readonly Rule OtherPlatform = new("SB2042", Severity.Error, "An image does not run on the platform that is needed");
    public static readonly Rule OtherContent = new("SB2043", Severity.Error, "A tag and a digest name different images");

    private static readonly Rule NoRepository = new("SB2044", Severity.Error, "The repository of an image does not exist");
    private static readonly Rule NotConcrete = new("SB2045", Severity.Error, "An image is named without a tag");

    /// <param name="family">What it must be one of.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="digest">What the tag must mean; null when it is not pinned.</param>
    public async Task<Outcome<ProvenImage>> Prove(ImageFamily family, string? tag, ImageDigest? digest, CancellationToken cancellation)
    {
        if (tag is null)
            return NotConcrete.Without($"no tag says which image of `{family.Name}` is meant", $"run `signalbox image pin {family.Name} --latest`");
        if (!family.Tag.Matches(tag))
            return OtherFamily.Without($"{Culprit.Quote(tag)} is not a tag of the family `{family.Name}`, whose tags are like `{family.Tag}`", $"run `signalbox image list {family.Name}` to see its images");

        var lookUp = await registry.Find(family.Repository, new ImageName.ByTag(tag), cancellation);
        return lookUp switch
        {
            ImageLookUp.Found found => await Prove(new FamilyImage(family, tag, found.Image), digest, cancellation),
            ImageLookUp.NoImage => Missing.Without(
                $"`{family.Repository}:{tag}` does not exist",
                family.Dockerfile is null ? $"run `signalbox image list {family.Name}` to see what does" : $"run `signalbox image publish {family.Name}`, or `signalbox image list {family.Name}` to see what exists"),
            ImageLookUp.NoRepository => NoRepository.Without(
                $"the repository `{family.Repository}` of the family `{family.Name}` does not exist in this account", "apply the environment first, which makes it"),
            ImageLookUp.Refused refused => refused.Problem,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<Outcome<ProvenImage>> Prove(FamilyImage image, ImageDigest? digest, CancellationToken cancellation)
    {
        var (family, name) = (image.Family, $"{image.Family.Repository}:{image.Tag}");
        if (digest is not null && digest != image.Image.Digest)
        {
            return OtherContent.Without(
                $"`{name}` is {image.Image.Digest}, not the pinned {digest}", $"run `signalbox image pin {family.Name} {image.Tag} --digest` if that image is meant");
        }

        if (!(await registry.Describe(family.Repository, image.Image.Digest, cancellation)).Succeeded(out var description, out var problems))
            return new Outcome<ProvenImage>.Failure(problems);
        if (description.Family is { } labelled && labelled != family.Name)
            return OtherFamily.Without($"`{name}` calls itself an image of the family {Culprit.Quote(labelled)}, not of `{family.Name}`", $"run `signalbox image list {family.Name}` to see its images");
        return description.Platforms.Contains(family.Platform.Text, StringComparer.Ordinal)
            ? new ProvenImage(image, description)
            : OtherPlatform.Without(
                $"`{name}` is for {(description.Platforms.Count == 0 ? "no platform that it names" : string.Join(", ", description.Platforms))}, and {family.Platform} is needed",
                $"build it with `--platform {family.Platform}`; `signalbox image publish {family.Name}` does");
    }
}
