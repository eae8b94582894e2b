namespace Signalbox.Processes;

/// <summary>Where a program lies, found as a shell would find it.</summary>
public static class ProgramSearch
{
    /// <summary>The first executable file of that name on the PATH of <paramref name="variables"/>, or null.</summary>
    public static string? Find(string program, IReadOnlyDictionary<string, string> variables) =>
        variables.GetValueOrDefault("PATH", "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsExecutable);

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);
}
