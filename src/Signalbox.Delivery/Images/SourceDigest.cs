using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Delivery.Images;

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
        var folder = Context(repositoryFolder, family);
        foreach (var (name, path) in Files(folder).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var content = await File.ReadAllBytesAsync(path, cancellation);
            var runs = !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(Executable);
            Add($"{name}\0{(runs ? "x" : "-")}\0{content.Length}\0");
            hash.AppendData(content);
        }

        return $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The folder that is built.</summary>
    public static string Context(string repositoryFolder, ImageFamily family) => family.Dockerfile!.Parent!.In(repositoryFolder);

    private static IEnumerable<(string Name, string Path)> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), path));
}
