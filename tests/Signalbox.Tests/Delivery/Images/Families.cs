using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

internal static class Families
{
    public static ImageFamily Of(string name, string repository, string template)
    {
        var source = new SourceText("signalbox.yml", template);
        Assert.True(TagTemplate.Parse(source, new Span(0, template.Length), template).Succeeded(out var tag, out _));
        return new ImageFamily { Name = name, Repository = repository, Tag = tag, Place = new Location(source, new Span(0, 0)) };
    }

    public static ProvenImage Proven(ImageFamily family, string tag, string digest) => new(
        new FamilyImage(family, tag, new PublishedImage(ImageDigest.Parse(digest)!, [tag], DateTimeOffset.UnixEpoch, Size: 1)),
        new ImageDescription(["linux/amd64"], new Dictionary<string, string>(StringComparer.Ordinal)));
}
