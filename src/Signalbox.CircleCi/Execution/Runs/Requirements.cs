namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>Whether a job may start (configuration reference, "requires").</summary>
internal enum Readiness
{
    /// <summary>Something it requires has not ended.</summary>
    Waiting,

    /// <summary>Everything it requires ended as it wanted.</summary>
    Ready,

    /// <summary>Something it requires ended otherwise, so that it never can.</summary>
    Impossible,
}

internal static class Requirements
{
    public static Readiness Of(RunState run, PlannedJob job)
    {
        var readiness = Readiness.Ready;
        foreach (var requirement in job.Requires)
        {
            if (run[requirement.Job].Ending is not { } ending)
                readiness = Readiness.Waiting;
            else if (!requirement.Statuses.Contains(ending))
                return Readiness.Impossible;
        }

        return readiness;
    }

    /// <summary>The first requirement that ended otherwise, for people.</summary>
    public static string WhyImpossible(RunState run, PlannedJob job)
    {
        var culprit = job.Requires.First(requirement => run[requirement.Job].Ending is { } ending && !requirement.Statuses.Contains(ending));
        return $"`{culprit.Job}` ended {run[culprit.Job].Ending!.Value.Word()}";
    }

    /// <summary>Every job that a job waits for, however far before it, each after those of what it requires.</summary>
    public static IEnumerable<PlannedJob> Upstream(RunState run, string job)
    {
        var order = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { job };
        // Depth first without recursion: a chain may be thousands of jobs long.
        var path = new Stack<(string Job, Queue<string> Ahead)>();
        path.Push((job, Ahead(run, job)));
        while (path.TryPeek(out var top))
        {
            if (!top.Ahead.TryDequeue(out var next))
            {
                order.Add(path.Pop().Job);
            }
            else if (seen.Add(next))
            {
                path.Push((next, Ahead(run, next)));
            }
        }

        return order.Where(name => name != job).Select(run.Planned);
    }

    private static Queue<string> Ahead(RunState run, string job) => new(run.Planned(job).Requires.Select(requirement => requirement.Job));
}
