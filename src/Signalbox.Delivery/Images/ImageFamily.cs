using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>Images that are builds of the same thing, as signalbox.yml declares them.</summary>
public sealed record ImageFamily
{
    /// <summary>The label that says which family an image was built for.</summary>
    public const string FamilyLabel = "dev.signalbox.family";

    public required string Name { get; init; }

    /// <summary>The repository in the account's registry; several families may share one.</summary>
    public required string Repository { get; init; }

    public required TagTemplate Tag { get; init; }

    /// <summary>What it is built from; null for a family that is built elsewhere and only pinned here.</summary>
    public RepositoryPath? Dockerfile { get; init; }

    public ImagePlatform Platform { get; init; } = ImagePlatform.Amd64;

    /// <summary>The Terraform local that pins it; null when nothing does.</summary>
    public string? Local { get; init; }

    /// <summary>The family whose pinned image it is built on; its Dockerfile takes it as `BASE_IMAGE`.</summary>
    public string? BuildsOn { get; init; }

    /// <summary>Where the file names it.</summary>
    public required Location Place { get; init; }
}
