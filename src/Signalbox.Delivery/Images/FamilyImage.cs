namespace Signalbox.Delivery.Images;

/// <summary>An image under the tag that makes it one of its family.</summary>
public sealed record FamilyImage(ImageFamily Family, string Tag, PublishedImage Image);

/// <summary>An image that was looked at: it exists, is of the family, and runs on the family's platform.</summary>
/// <remarks>Only <see cref="ImageProof"/> makes one, so nothing else can be pinned.</remarks>
public sealed record ProvenImage
{
    internal ProvenImage(FamilyImage image, ImageDescription description) => (Image, Description) = (image, description);

    public FamilyImage Image { get; }

    public ImageDescription Description { get; }
}
