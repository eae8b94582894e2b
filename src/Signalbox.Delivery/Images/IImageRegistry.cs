using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>The account's registry of images.</summary>
public interface IImageRegistry
{
    /// <summary>Every image of a repository that <paramref name="isWanted"/> keeps, however many pages that takes.</summary>
    Task<Outcome<ValueList<PublishedImage>>> Images(string repository, Func<PublishedImage, bool> isWanted, CancellationToken cancellation);

    Task<ImageLookUp> Find(string repository, ImageName name, CancellationToken cancellation);

    /// <summary>Reads the image's own words: platform and labels.</summary>
    Task<Outcome<ImageDescription>> Describe(string repository, ImageDigest digest, CancellationToken cancellation);

    /// <summary>How the programs that push and pull get in.</summary>
    Task<Outcome<RegistryLogin>> LogIn(CancellationToken cancellation);
}

/// <summary>One image of a repository, by one of its two kinds of name.</summary>
public abstract record ImageName
{
    private ImageName() { }

    public sealed record ByTag(string Tag) : ImageName;

    public sealed record ByDigest(ImageDigest Digest) : ImageName;
}

/// <summary>What looking for one image came to.</summary>
public abstract record ImageLookUp
{
    private ImageLookUp() { }

    public sealed record Found(PublishedImage Image) : ImageLookUp;

    public sealed record NoImage : ImageLookUp;

    public sealed record NoRepository : ImageLookUp;

    /// <summary>Nobody can say whether it is there.</summary>
    public sealed record Refused(Diagnostic Problem) : ImageLookUp;
}

/// <summary>Never print it: the password opens the registry until it expires.</summary>
/// <param name="Address">Scheme, host and port; an image's name begins with its authority.</param>
public sealed record RegistryLogin(Uri Address, string User, string Password, DateTimeOffset ExpiresAt)
{
    public string Authority => Address.Authority;

    public override string ToString() => $"login to {Authority}";
}
