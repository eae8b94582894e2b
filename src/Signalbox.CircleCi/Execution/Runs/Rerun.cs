using Signalbox.CircleCi.Compilation;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>What a rerun from failed takes over (workflows guide, "Rerunning").</summary>
internal static class Rerun
{
    /// <summary>
    /// Whatever succeeded, holds that were approved included, unless it must wait for a job that runs again. A serial
    /// group is entered again only for jobs that run again.
    /// </summary>
    public static IEnumerable<RunEvent.JobKept> Kept(RunState earlier, DateTimeOffset now)
    {
        var again = new HashSet<string>(StringComparer.Ordinal);
        foreach (var job in InOrder(earlier).Where(job => !IsGate(job)))
        {
            if (earlier[job.Name].Ending != TerminalStatus.Success || job.Requires.Any(requirement => again.Contains(requirement.Job)))
                again.Add(job.Name);
        }

        var groups = earlier.Plan.Where(job => job.Kind == JobKind.Lock && earlier.Plan.Any(behind => again.Contains(behind.Name) && behind.Requires.Any(requirement => requirement.Job == job.Name)))
            .Select(job => job.SerialGroup)
            .ToHashSet(StringComparer.Ordinal);
        return earlier.Plan
            .Where(job => earlier[job.Name].Ending == TerminalStatus.Success && (IsGate(job) ? !groups.Contains(job.SerialGroup) : !again.Contains(job.Name)))
            .Select(job => new RunEvent.JobKept(job.Name, earlier[job.Name] with { KeptFrom = earlier[job.Name].KeptFrom ?? earlier.Origin.Id }) { At = now });
    }

    private static bool IsGate(PlannedJob job) => job.Kind is JobKind.Lock or JobKind.Unlock;

    /// <summary>Each job after those it requires.</summary>
    private static IEnumerable<PlannedJob> InOrder(RunState run)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        var left = run.Plan.ToList();
        while (left.Count > 0)
        {
            var next = left.Where(job => job.Requires.All(requirement => given.Contains(requirement.Job))).ToList();
            foreach (var job in next)
                yield return job;
            given.UnionWith(next.Select(job => job.Name));
            if (left.RemoveAll(job => given.Contains(job.Name)) == 0)
                throw new InvalidOperationException("the graph has a cycle");
        }
    }
}
