using System.Runtime.InteropServices;
using Signalbox.Cli.Help;

namespace Signalbox.Cli;

/// <summary>What is left of a bug of ours: one message on the terminal, the whole story in a file.</summary>
internal static class CrashReport
{
    public static void Write(Exception bug, Invocation invocation)
    {
        var now = invocation.Clock.GetUtcNow();
        var story = $"signalbox {Release.Version} on {RuntimeInformation.RuntimeIdentifier}, {now:O}\n\n{bug}\n";
        var path = Folders(invocation)
            .Select(folder => Path.Combine(folder, $"crash-{now:yyyyMMdd'T'HHmmss'Z'}-{Environment.ProcessId}.log"))
            .FirstOrDefault(path => IsWritten(path, story));

        invocation.Terminal.Say($"error: signalbox has a bug: {bug.Message}");
        invocation.Terminal.Say(path is null ? story : $"hint: what happened is in {path}; please report it with that file");
    }

    /// <summary>The state folder of the repository we were started in, if it is one; then the machine's folder for such things.</summary>
    private static IEnumerable<string> Folders(Invocation invocation)
    {
        if (Repository.IsOne(Repository.Root(invocation.Folder)))
            yield return StateFolder.Of(invocation).Make().Logs;

        yield return invocation.Variables.GetValueOrDefault("TMPDIR") is { Length: > 0 } named ? named : "/tmp";
    }

    private static bool IsWritten(string path, string story)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, story);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
