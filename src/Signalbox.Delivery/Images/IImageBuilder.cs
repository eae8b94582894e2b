using Signalbox.Delivery.Images.Source;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>A program on this machine that builds and pushes images.</summary>
public interface IImageBuilder
{
    /// <summary>As people know it, such as `buildah`.</summary>
    string Name { get; }

    /// <summary>Builds into the program's own store.</summary>
    /// <param name="onLine">Told what the program says, with every secret taken out.</param>
    Task<Outcome<bool>> Build(ImageBuild build, Action<string> onLine, CancellationToken cancellation);

    Task<ImagePush> Push(ImageBuild build, Action<string> onLine, CancellationToken cancellation);
}

/// <summary>What to build, and what to call it.</summary>
public sealed record ImageBuild
{
    /// <summary>With registry, repository and tag.</summary>
    public required string Name { get; init; }

    public required BuildContext Context { get; init; }

    public required ImagePlatform Platform { get; init; }

    public required ValueList<KeyValuePair<string, string>> Labels { get; init; }

    public required ValueList<KeyValuePair<string, string>> Arguments { get; init; }

    /// <summary>The registry that the image, and the base from the account, belong to.</summary>
    public required RegistryLogin Login { get; init; }

    /// <summary>An image that cannot be pulled may be replaced by one that only stands in for it.</summary>
    public required bool MayStandIn { get; init; }
}

/// <summary>What pushing came to.</summary>
public abstract record ImagePush
{
    private ImagePush() { }

    public sealed record Done : ImagePush;

    /// <summary>The registry has another image under the tag, since a moment ago.</summary>
    public sealed record TagTaken : ImagePush;

    public sealed record Failed(Diagnostic Problem) : ImagePush;
}
