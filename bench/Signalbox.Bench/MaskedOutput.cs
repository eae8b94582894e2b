using Signalbox.Processes;
using Signalbox.Processes.Masking;
using Signalbox.Processes.Sessions;

namespace Signalbox.Bench;

/// <summary>Runs a command as a step does, with its output masked into a file.</summary>
internal static class MaskedOutput
{
    public static async Task<int> Run(string secretsFile, string log, string command)
    {
        var secrets = SecretSearch.For(await File.ReadAllLinesAsync(secretsFile));
        await using var process = new ProcessRunner(TimeProvider.System).Start(new SessionCommand("/bin/bash", ["-c", command])
        {
            Folder = "/",
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" },
        });
        await using var target = new FileStream(log, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        await MaskedCopy.Run(process.Output, target, secrets, CancellationToken.None);
        return await process.Exited;
    }
}
