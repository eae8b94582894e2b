using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Processes;

namespace Signalbox.Bench;

/// <summary>Runs jobs of one trivial step one after the other, and says how long one takes on average.</summary>
internal static class TrivialJobs
{
    public static async Task<int> Run(int count, string folder, TextWriter output)
    {
        using var runner = new JobRunner(
            new JobHost("/bin/false", new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" }),
            new ProcessRunner(TimeProvider.System),
            TimeProvider.System);
        var since = TimeProvider.System.GetTimestamp();
        for (var job = 0; job < count; job++)
        {
            var ending = await runner.Run(Assignment(Path.Combine(folder, $"{job}-0"), folder), _ => { }, CancellationToken.None);
            if (ending.Status is not TerminalStatus.Success)
                throw new InvalidOperationException(ending.Problem);
        }

        await output.WriteLineAsync($"{TimeProvider.System.GetElapsedTime(since).TotalMilliseconds / count:0.00}");
        return 0;
    }

    private static JobAssignment Assignment(string folder, string root) => new()
    {
        Job = "trivial",
        Body = new JobBody { Executor = new JobExecutor.Machine("default"), Steps = [new Step.Run("true") { Title = "true" }] },
        NodeIndex = 0,
        NodeTotal = 1,
        Variables = [],
        Secrets = [],
        Source = new JobSource(root, new string('0', 40), "main", Tag: null, WithUncommitted: false),
        Folder = folder,
        Upstream = [],
        WorkspaceFolder = Path.Combine(root, "workspace"),
        CacheFolder = Path.Combine(root, "caches"),
        Policy = new JobPolicy(),
    };
}
