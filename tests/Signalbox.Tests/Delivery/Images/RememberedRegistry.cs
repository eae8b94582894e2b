using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Tests.Delivery.Images;

/// <summary>A registry in memory that keeps the one promise of ours: a tag never moves.</summary>
internal sealed class RememberedRegistry : IImageRegistry
{
    private static readonly Rule Unreachable = new("SB2033", Severity.Error, "The registry does not answer");

    private readonly List<(string Repository, PublishedImage Image, ImageDescription? Description)> _images = [];
    private readonly HashSet<string> _repositories = new(StringComparer.Ordinal);

    public bool IsAway { get; set; }

    public void Make(string repository) => _repositories.Add(repository);

    public PublishedImage Add(
        string repository, string? tag, DateTimeOffset? pushed = null, string platform = "linux/amd64", string? family = null, string? source = null, bool readable = true)
    {
        Make(repository);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (family is not null)
            labels[ImageFamily.FamilyLabel] = family;
        if (source is not null)
            labels[ImageDescription.SourceLabel] = source;
        var digest = ImageDigest.Parse($"sha256:{_images.Count + 1:x64}")!;
        var image = new PublishedImage(digest, tag is null ? [] : [tag], pushed ?? DateTimeOffset.UnixEpoch.AddMinutes(_images.Count), Size: 1);
        _images.Add((repository, image, readable ? new ImageDescription([platform], labels) : null));
        return image;
    }

    public Task<Outcome<ValueList<PublishedImage>>> Images(string repository, Func<PublishedImage, bool> isWanted, CancellationToken cancellation)
    {
        if (IsAway || !_repositories.Contains(repository))
            return Task.FromResult<Outcome<ValueList<PublishedImage>>>(Away());
        ValueList<PublishedImage> found = [.. _images.Where(kept => kept.Repository == repository).Select(kept => kept.Image).Where(isWanted)];
        return Task.FromResult<Outcome<ValueList<PublishedImage>>>(found);
    }

    public Task<ImageLookUp> Find(string repository, ImageName name, CancellationToken cancellation)
    {
        if (IsAway)
            return Task.FromResult<ImageLookUp>(new ImageLookUp.Refused(Away()));
        if (!_repositories.Contains(repository))
            return Task.FromResult<ImageLookUp>(new ImageLookUp.NoRepository());
        var found = _images.FirstOrDefault(kept => kept.Repository == repository && name switch
        {
            ImageName.ByTag tag => kept.Image.Tags.Contains(tag.Tag, StringComparer.Ordinal),
            ImageName.ByDigest digest => kept.Image.Digest == digest.Digest,
            _ => false,
        });
        return Task.FromResult<ImageLookUp>(found.Image is null ? new ImageLookUp.NoImage() : new ImageLookUp.Found(found.Image));
    }

    public Task<Outcome<ImageDescription>> Describe(string repository, ImageDigest digest, CancellationToken cancellation) =>
        Task.FromResult<Outcome<ImageDescription>>(_images.First(kept => kept.Image.Digest == digest).Description is { } description ? description : Away());

    public Task<Outcome<RegistryLogin>> LogIn(CancellationToken cancellation) =>
        Task.FromResult<Outcome<RegistryLogin>>(new RegistryLogin(new Uri("http://127.0.0.1:5000"), "AWS", "secret-password", DateTimeOffset.MaxValue));

    private static Diagnostic Away() => Unreachable.Without("the registry does not answer", "look at the network");
}
