using System.Diagnostics;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>How far one service, or one task definition without a service, is with the pinned image.</summary>
public enum RolloutState
{
    /// <summary>What would start is the pinned image, and so is everything that runs.</summary>
    RolledForward,

    /// <summary>What would start is the pinned image; something older still runs.</summary>
    Rolling,

    /// <summary>What would start is another image.</summary>
    Behind,
}

public sealed record Rollout(ImageFamily Family, Deployment Deployment, ImageReference Image, RolloutState State)
{
    public string Word => State switch
    {
        RolloutState.RolledForward => "rolled forward",
        RolloutState.Rolling => "rolling",
        RolloutState.Behind => "behind",
        _ => throw new UnreachableException(),
    };

    /// <summary>Every deployment that names an image of the family, judged against the pin.</summary>
    /// <param name="tag">The pinned tag.</param>
    /// <param name="digest">What it is in the registry; null when the registry does not have it, and then the name alone is compared.</param>
    public static IEnumerable<Rollout> Of(ImageFamily family, string tag, ImageDigest? digest, ValueList<Deployment> deployments) =>
        from deployment in deployments
        from image in deployment.Images
        where image.Repository == family.Repository && (image.Tag is null ? image.Digest == digest : family.Tag.Matches(image.Tag))
        select new Rollout(family, deployment, image, Judge(family, tag, digest, deployment, image));

    private static RolloutState Judge(ImageFamily family, string tag, ImageDigest? digest, Deployment deployment, ImageReference image)
    {
        if (!Is(image, image.Digest))
            return RolloutState.Behind;
        var old = deployment.Tasks.Any(task => task.Image.Repository == family.Repository && !Is(task.Image, task.Digest));
        return old || deployment.IsRolling ? RolloutState.Rolling : RolloutState.RolledForward;

        bool Is(ImageReference named, ImageDigest? known) =>
            known is not null && digest is not null ? known == digest : named.Tag == tag;
    }
}
