using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Running;

/// <summary>Finds the run that a person means: by its number, its id, or a beginning of its id.</summary>
internal static class RunSearch
{
    private const int Everything = 100_000;

    public static async Task<Outcome<RunState>> Find(RunJournal journal, string word, CancellationToken cancellation)
    {
        var found = await Matches(journal, word, cancellation);
        if (found.Count > 1)
        {
            var ids = string.Join(", ", found.Take(3).Select(run => $"`{run.Id.ToString()[..13]}` ({run.Workflow})"));
            return RunRules.AmbiguousRun.Without($"{Culprit.Quote(word)} begins the ids of {found.Count} runs: {ids}", "give more of the id, or the run's number");
        }

        return found.Count == 1 && await journal.Load(found[0].Id, cancellation) is { } run
            ? run
            : RunRules.NoSuchRun.Without($"there is no run {Culprit.Quote(word)}", "run `signalbox runs` for the ones there are");
    }

    /// <summary>The job of that name, or the only one that waits when none is named.</summary>
    public static Outcome<string> Job(RunState run, string name)
    {
        var names = run.Plan.Select(job => job.Name).ToList();
        if (names.Contains(name, StringComparer.Ordinal))
            return name;
        return RunRules.NoSuchJob.Without(
            $"run {run.Origin.Number} has no job {Culprit.Quote(name)}",
            NearestName.Of(name, names) is { } nearest ? $"did you mean `{nearest}`?" : $"run `signalbox show {run.Origin.Number}` for its jobs");
    }

    private static async Task<List<RunOrigin>> Matches(RunJournal journal, string word, CancellationToken cancellation)
    {
        var origins = await journal.Origins(Everything, cancellation);
        if (word is "last" or "latest")
            return [.. origins.Take(1)];
        if (int.TryParse(word, out var number) && origins.FirstOrDefault(origin => origin.Number == number) is { } numbered)
            return [numbered];
        return word.Length < 4 ? [] : [.. origins.Where(origin => origin.Id.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase))];
    }
}
