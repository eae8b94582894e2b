namespace Signalbox.Delivery.Images;

/// <summary>An image as Terraform and ECS name it: `host/repository:tag@digest`, where tag or digest may be missing.</summary>
/// <param name="Host">The registry; empty when the reference names none.</param>
public sealed record ImageReference(string Host, string Repository, string? Tag, ImageDigest? Digest)
{
    public static ImageReference? Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var digest = at < 0 ? null : ImageDigest.Parse(text[(at + 1)..]);
        if (at >= 0 && digest is null)
            return null;

        var name = at < 0 ? text : text[..at];
        var colon = name.LastIndexOf(':');
        var tag = colon > name.LastIndexOf('/') ? name[(colon + 1)..] : null;
        name = tag is null ? name : name[..colon];

        // As the docker clients decide it: the first part is a host only if it could not be a folder of a repository.
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var hasHost = slash > 0 && (name.AsSpan(0, slash).ContainsAny('.', ':') || name[..slash] == "localhost");
        var (host, repository) = hasHost ? (name[..slash], name[(slash + 1)..]) : ("", name);
        return repository.Length == 0 || tag is "" ? null : new ImageReference(host, repository, tag, digest);
    }

    /// <summary>What follows the repository, as a person speaks of the image.</summary>
    public string Name => Tag ?? Digest?.Text ?? "latest";

    public override string ToString() =>
        $"{(Host.Length > 0 ? $"{Host}/" : "")}{Repository}{(Tag is null ? "" : $":{Tag}")}{(Digest is null ? "" : $"@{Digest}")}";
}
