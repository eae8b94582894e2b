using System.CommandLine;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Running;

/// <summary>The words that commands on runs share.</summary>
internal static class RunArguments
{
    public static Argument<string> Run() => new("run") { Description = "A run's number, the beginning of its id, or `last`" };

    public static async Task<Outcome<RunState>> Find(Invocation invocation, string word, CancellationToken cancellation)
    {
        using var journal = await RunSession.Look(invocation, cancellation);
        return journal is null
            ? RunRules.NoSuchRun.Without("nothing has run here yet", "run `signalbox run WORKFLOW`")
            : await RunSearch.Find(new RunJournal(journal), word, cancellation);
    }
}
