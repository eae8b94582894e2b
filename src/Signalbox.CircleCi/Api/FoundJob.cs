using Signalbox.CircleCi.Execution.Results;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.CircleCi.Api;

/// <summary>A job that was asked for by its number or its id.</summary>
internal sealed record FoundJob(RunState Run, string Name, RunFolders Folders)
{
    private const int MostRuns = 500;

    public JobState State => Run[Name];

    public static Task<FoundJob?> Of(string number, ApiContext context, CancellationToken cancellation) =>
        Find(context, (run, name) => run[name].KeptFrom is null && run[name].Number?.ToString() == number, cancellation);

    public static Task<FoundJob?> OfId(string id, ApiContext context, CancellationToken cancellation) =>
        Find(context, (run, name) => run.Origin.Id.OfJob(name).ToString("D") == id, cancellation);

    /// <summary>Every test of every node, as the reports that the job stored have them.</summary>
    public Task<IReadOnlyList<TestCase>> Tests(CancellationToken cancellation) => StoredTests.Read(Folders.Nodes(Run, Name), cancellation);

    private static async Task<FoundJob?> Find(ApiContext context, Func<RunState, string, bool> isIt, CancellationToken cancellation)
    {
        foreach (var origin in await context.Engine.Journal.Origins(MostRuns, cancellation))
        {
            if (await context.Run(origin.Id.ToString(), cancellation) is { } run && run.Plan.FirstOrDefault(job => isIt(run, job.Name)) is { } found)
                return new FoundJob(run, found.Name, context.Engine.Folders);
        }

        return null;
    }
}
