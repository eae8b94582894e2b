namespace Signalbox.Tests.House;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Folder { get; } = Above(AppContext.BaseDirectory);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Files below a folder, relative to the repository with forward slashes; none when the folder is absent.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        var place = Path.Combine(Folder, folder);
        if (!Directory.Exists(place))
            return [];
        return [.. Directory.EnumerateFiles(place, pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "artifacts"))
            .Order(StringComparer.Ordinal)];
    }

    private static string Above(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Signalbox.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests were built outside the repository.");
    }
}
