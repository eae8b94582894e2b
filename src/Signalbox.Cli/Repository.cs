namespace Signalbox.Cli;

/// <summary>The repository that a command works in.</summary>
internal static class Repository
{
    private static readonly string[] Marks = ["signalbox.yml", ".git"];

    /// <summary>The nearest folder, from <paramref name="folder"/> upwards, that holds a mark; else the folder itself.</summary>
    public static string Root(string folder)
    {
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            if (IsOne(above))
                return above;
        }

        return folder;
    }

    /// <summary>Whether a folder holds a mark. In a worktree `.git` is a file.</summary>
    public static bool IsOne(string folder) => Array.Exists(Marks, mark => Path.Exists(Path.Combine(folder, mark)));
}
