using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images.Source;

/// <summary>What a builder may copy into an image: the Dockerfile's folder, without what an ignore file keeps out.</summary>
/// <param name="Folder">Absolute.</param>
/// <param name="Dockerfile">Absolute, directly in the folder.</param>
/// <param name="IgnoreFile">Absolute; null when there is none. The Dockerfile's own comes before the folder's.</param>
public sealed record BuildContext(string Folder, string Dockerfile, string? IgnoreFile)
{
    private const string Suffix = ".dockerignore";

    public static BuildContext Of(string repositoryFolder, ImageFamily family)
    {
        var dockerfile = family.Dockerfile!.In(repositoryFolder);
        var folder = family.Dockerfile.Parent!.In(repositoryFolder);
        string[] candidates = [dockerfile + Suffix, Path.Combine(folder, Suffix)];
        return new BuildContext(folder, dockerfile, Array.Find(candidates, File.Exists));
    }

    /// <summary>Every file that counts, in the same order everywhere. Links are files here: a builder copies them as they are.</summary>
    internal async Task<ValueList<ContextFile>> Files(CancellationToken cancellation)
    {
        var rules = IgnoreFile is null ? IgnoreRules.None : IgnoreRules.Parse(await File.ReadAllTextAsync(IgnoreFile, cancellation));
        return
        [
            .. Beneath(new DirectoryInfo(Folder))
                .Select(file => new ContextFile(Path.GetRelativePath(Folder, file.FullName).Replace('\\', '/'), file))
                .Select(file => file with { IsIgnored = rules.Ignores(file.Name) })
                .Where(file => !file.IsIgnored || file.Entry.FullName == Dockerfile)
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<FileSystemInfo> Beneath(DirectoryInfo folder) => folder.EnumerateFileSystemInfos().SelectMany(
        entry => entry is DirectoryInfo { LinkTarget: null } inner ? Beneath(inner) : [entry]);
}

/// <param name="Name">Relative to the context, with forward slashes.</param>
/// <param name="Entry">The file, or a link to whatever.</param>
internal sealed record ContextFile(string Name, FileSystemInfo Entry)
{
    /// <summary>It is not copied into the image; of such files only the Dockerfile counts.</summary>
    public bool IsIgnored { get; init; }
}
