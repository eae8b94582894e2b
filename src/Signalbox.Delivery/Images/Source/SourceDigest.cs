using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Delivery.Images.Source;

/// <summary>The digest of everything that an image is built from: two builds of the same digest are the same image to us.</summary>
/// <remarks>The commit is not part of it: a commit that changes nothing of an image shall not make another one.</remarks>
public static class SourceDigest
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute;

    /// <param name="repositoryFolder">The checkout.</param>
    /// <param name="family">A family with a Dockerfile, whose folder is what is built.</param>
    /// <param name="basis">The digest of the image that it is built on; null when its Dockerfile names that.</param>
    public static async Task<string> Of(string repositoryFolder, ImageFamily family, ImageDigest? basis, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add($"signalbox image source 1\n{family.Name}\n{family.Platform}\n{family.Dockerfile}\n{basis}\n");
        foreach (var file in await BuildContext.Of(repositoryFolder, family).Files(cancellation))
        {
            var content = file.Entry.LinkTarget is { } target ? Encoding.UTF8.GetBytes(target) : await File.ReadAllBytesAsync(file.Entry.FullName, cancellation);
            Add($"{file.Name}\0{KindOf(file)}\0{content.Length}\0");
            hash.AppendData(content);
        }

        return $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
    }

    private static string KindOf(ContextFile file)
    {
        if (file.IsIgnored)
            return "ignored";
        if (file.Entry.LinkTarget is not null)
            return "link";
        return !OperatingSystem.IsWindows() && file.Entry.UnixFileMode.HasFlag(Executable) ? "x" : "-";
    }
}
