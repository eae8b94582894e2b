using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>An image as the registry lists it.</summary>
/// <param name="Tags">None for an image whose tags were taken away.</param>
/// <param name="Size">In bytes, as stored: compressed; null when the registry does not say.</param>
public sealed record PublishedImage(ImageDigest Digest, ValueList<string> Tags, DateTimeOffset PushedAt, long? Size);

/// <summary>What an image says of itself.</summary>
/// <param name="Platforms">`os/architecture`, one for each image of an index.</param>
/// <param name="Labels">The labels of the first.</param>
public sealed record ImageDescription(ValueList<string> Platforms, IReadOnlyDictionary<string, string> Labels)
{
    public const string CommitLabel = "org.opencontainers.image.revision";
    public const string SourceLabel = "dev.signalbox.source";
    public const string StandInLabel = "dev.signalbox.stand-in";

    /// <summary>The family that it was built for; null when nobody labelled it.</summary>
    public string? Family => Labels.GetValueOrDefault(ImageFamily.FamilyLabel);

    public string? Commit => Labels.GetValueOrDefault(CommitLabel);

    /// <summary>The digest of everything that it was built from.</summary>
    public string? Source => Labels.GetValueOrDefault(SourceLabel);

    /// <summary>Something beneath it only stands in for an image that could not be had.</summary>
    public bool IsStandIn => Labels.ContainsKey(StandInLabel);
}
