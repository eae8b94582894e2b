using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>What the registry holds of one family, whatever else lies in its repository.</summary>
public sealed class FamilyCatalogue(IImageRegistry registry, ImageFamily family)
{
    private static readonly Rule NonePublished = new("SB2035", Severity.Error, "No image of the family is published");

    /// <summary>By tag, the newest push first; an image with two tags of the family is there twice.</summary>
    public async Task<Outcome<ValueList<FamilyImage>>> List(CancellationToken cancellation)
    {
        if (!(await registry.Images(family.Repository, image => image.Tags.Any(family.Tag.Matches), cancellation)).Succeeded(out var images, out var problems))
            return new Outcome<ValueList<FamilyImage>>.Failure(problems);
        return (ValueList<FamilyImage>)
        [
            .. images
                .SelectMany(image => image.Tags.Where(family.Tag.Matches).Select(tag => new FamilyImage(family, tag, image)))
                .OrderByDescending(image => image.Image.PushedAt)
                .ThenByDescending(image => image.Tag, StringComparer.Ordinal),
        ];
    }

    /// <summary>The newest whose own label does not say that it is of another family.</summary>
    /// <param name="doubt">Told why a label could not be read; then the tag alone decides.</param>
    public async Task<Outcome<FamilyImage>> Latest(Action<Diagnostic> doubt, CancellationToken cancellation)
    {
        if (!(await List(cancellation)).Succeeded(out var images, out var problems))
            return new Outcome<FamilyImage>.Failure(problems);
        foreach (var image in images)
        {
            if ((await registry.Describe(family.Repository, image.Image.Digest, cancellation)).Succeeded(out var description, out problems))
            {
                if (description.Family is { } labelled && labelled != family.Name)
                    continue;
            }
            else
            {
                doubt(problems[0]);
            }

            return image;
        }

        return NonePublished.Without(
            $"the repository `{family.Repository}` holds no image of the family `{family.Name}`",
            family.Dockerfile is null ? $"publish one there with a tag like `{family.Tag}`" : $"run `signalbox image publish {family.Name}`");
    }
}
