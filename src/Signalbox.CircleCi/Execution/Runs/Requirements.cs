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
}
