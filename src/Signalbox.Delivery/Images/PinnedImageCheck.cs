using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>What a look at one pinned image came to.</summary>
public abstract record PinnedImageCheck
{
    private PinnedImageCheck() { }

    public sealed record Proven(ProvenImage Image) : PinnedImageCheck;

    /// <summary>It is built elsewhere, and this registry never held one of its repository: there is nothing to look at.</summary>
    public sealed record NotHere(string Why) : PinnedImageCheck;

    public sealed record Wrong(ValueList<Diagnostic> Problems) : PinnedImageCheck;

    /// <param name="registry">The account's registry.</param>
    /// <param name="family">The family that the environment pins.</param>
    /// <param name="tag">The pinned tag.</param>
    /// <param name="digest">The digest pinned after it, if one is.</param>
    /// <param name="isSandbox">An image that is built elsewhere never comes to the sandbox, and its absence there means nothing.</param>
    public static async Task<PinnedImageCheck> Of(
        IImageRegistry registry, ImageFamily family, string? tag, ImageDigest? digest, bool isSandbox, CancellationToken cancellation)
    {
        if ((await new ImageProof(registry).Prove(family, tag, digest, cancellation)).Succeeded(out var proven, out var problems))
            return new Proven(proven);
        return isSandbox && family.Dockerfile is null && tag is not null && family.Tag.Matches(tag)
            ? new NotHere("built elsewhere, and not in the sandbox's registry")
            : new Wrong(problems);
    }
}
