namespace Signalbox.Processes;

/// <summary>What `ps` says of a process, for systems without /proc.</summary>
internal static class ProcessTable
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/bin:/bin",
        ["LC_ALL"] = "C",
    };

    public static async Task<string?> Column(string column, int id, CancellationToken cancellation)
    {
        var command = new Command("ps", ["-o", column, "-p", id.ToString()]) { Folder = "/", Environment = Variables };
        var lines = new List<string>();
        var exit = await new ProcessRunner(TimeProvider.System).Run(
            command,
            line =>
            {
                if (line.Source == Output.Standard)
                    lines.Add(line.Text.Trim());
            },
            cancellation);
        return exit.Code == 0 && lines is [{ Length: > 0 } value, ..] ? value : null;
    }
}
