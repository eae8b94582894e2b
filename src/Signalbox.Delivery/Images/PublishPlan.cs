using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>What publishing a family means now, decided before anything is built.</summary>
public abstract record PublishPlan
{
    public static readonly Rule TagTaken = new("SB2050", Severity.Error, "A tag holds other content");

    /// <summary>How many of the newest images are asked what they were built from.</summary>
    private const int Compared = 32;

    private PublishPlan() { }

    /// <summary>An image of the same source is there.</summary>
    public sealed record Nothing(FamilyImage Image) : PublishPlan;

    /// <param name="Tag">Free, and concrete.</param>
    public sealed record Build(string Tag) : PublishPlan;

    /// <param name="source">The digest of what would be built.</param>
    /// <param name="shortCommit">For the tags.</param>
    /// <param name="takesNext">Whether the next free tag is used when the wanted one holds other content.</param>
    public static async Task<Outcome<PublishPlan>> Make(
        IImageRegistry registry, ImageFamily family, string source, string shortCommit, bool takesNext, CancellationToken cancellation)
    {
        if (!(await new FamilyCatalogue(registry, family).List(cancellation)).Succeeded(out var images, out var problems))
            return new Outcome<PublishPlan>.Failure(problems);

        var descriptions = await Task.WhenAll(images.Take(Compared).Select(image => registry.Describe(family.Repository, image.Image.Digest, cancellation)));
        var sources = descriptions.Select(described => described.Succeeded(out var description, out _) ? description.Source : null).ToArray();
        if (Array.IndexOf(sources, source) is var same and >= 0)
            return new Nothing(images[same]);

        var taken = images.Select(image => image.Tag).ToHashSet(StringComparer.Ordinal);
        var wanted = family.Tag.TagsFor(shortCommit).First();
        var free = family.Tag.TagsFor(shortCommit).First(tag => !taken.Contains(tag));
        if (takesNext || free == wanted)
            return new Build(free);

        var at = images.TakeWhile(image => image.Tag != wanted).Count();
        return TagTaken.Without(
            $"`{family.Repository}:{wanted}` holds other content: it was built from {(at < sources.Length ? sources[at] : null) ?? "an unknown source"} (image {images[at].Image.Digest}), and this checkout is {source}",
            $"a tag is never moved: run `signalbox image publish {family.Name} --next`, which makes `{free}`");
    }
}
