using System.Text.RegularExpressions;

namespace Signalbox.Sandbox.Registry.Face;

internal enum RegistryPart
{
    Manifest,
    Blob,

    /// <summary>The begin of an upload.</summary>
    Uploads,

    /// <summary>An upload that was begun; whoever knows its id was let in then.</summary>
    Upload,
    Tags,
}

/// <summary>What a path of the OCI distribution protocol points at.</summary>
/// <param name="Reference">A tag, a digest or an upload's id.</param>
internal sealed partial record RegistryPath(string Repository, RegistryPart Part, string Reference)
{
    public bool IsDigest => Reference.StartsWith("sha256:", StringComparison.Ordinal);

    public static RegistryPath? Parse(string path)
    {
        var match = Shape.Match(path);
        if (!match.Success)
            return null;
        var (repository, reference) = (match.Groups["repository"].Value, match.Groups["reference"].Value);
        return match.Groups["part"].Value switch
        {
            "manifests" => new RegistryPath(repository, RegistryPart.Manifest, reference),
            "tags" when reference == "list" => new RegistryPath(repository, RegistryPart.Tags, reference),
            "blobs/uploads" => new RegistryPath(repository, reference.Length == 0 ? RegistryPart.Uploads : RegistryPart.Upload, reference),
            "blobs" => new RegistryPath(repository, RegistryPart.Blob, reference),
            _ => null,
        };
    }

    [GeneratedRegex(@"^/v2/(?<repository>[a-z0-9]+([._/-]+[a-z0-9]+)*)/(?<part>manifests|tags|blobs/uploads|blobs)/(?<reference>[^/]*)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape { get; }
}
