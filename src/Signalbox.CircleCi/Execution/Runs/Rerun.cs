using Signalbox.CircleCi.Compilation;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>How much of a run is repeated.</summary>
public abstract record RerunExtent
{
    private RerunExtent() { }

    /// <summary>Everything, holds and all.</summary>
    public sealed record Whole : RerunExtent;

    /// <summary>What did not succeed, and what waits for it.</summary>
    public sealed record FromFailed : RerunExtent;

    /// <summary>
    /// As <see cref="FromFailed"/>, and jobs that call `circleci tests run` run only their tests that failed (guide, "Rerun failed tests").
    /// </summary>
    public sealed record FailedTests : RerunExtent;

    /// <summary>These jobs and what waits for them; every other job keeps its ending, whatever it was.</summary>
    public sealed record Selected(ValueList<string> Jobs) : RerunExtent;
}

/// <summary>
/// What a partial rerun takes over (workflows guide, "Rerunning"): whatever succeeded, approvals included, unless it
/// must wait for a job that runs again. A serial group is entered again only for jobs that run again, and these wait for
/// it even where the jobs between them are kept: an apply never runs without the lock that it ran under before.
/// </summary>
/// <param name="Kept">The jobs that do not run again.</param>
/// <param name="Plan">The graph of the rerun.</param>
public sealed record Rerun(ValueList<string> Kept, ValueList<PlannedJob> Plan)
{
    public static Rerun FromFailed(RunState earlier) => Of(earlier, job => earlier[job.Name].Ending != TerminalStatus.Success);

    public static Rerun Selected(RunState earlier, ValueList<string> jobs) => Of(earlier, job => jobs.Contains(job.Name, StringComparer.Ordinal));

    private static Rerun Of(RunState earlier, Func<PlannedJob, bool> isMeant)
    {
        var again = new HashSet<string>(StringComparer.Ordinal);
        foreach (var job in InOrder(earlier).Where(job => !IsGate(job)))
        {
            if (isMeant(job) || job.Requires.Any(requirement => again.Contains(requirement.Job)))
                again.Add(job.Name);
        }

        var locks = LocksAbove(earlier);
        var entered = again.SelectMany(name => locks[name]).ToHashSet(StringComparer.Ordinal);
        var groups = entered.Select(name => earlier.Planned(name).SerialGroup).ToHashSet(StringComparer.Ordinal);
        return new Rerun(
            [.. earlier.Plan.Where(job => !(IsGate(job) ? earlier[job.Name].Ending != TerminalStatus.Success || groups.Contains(job.SerialGroup) : again.Contains(job.Name))).Select(job => job.Name)],
            [.. earlier.Plan.Select(job => again.Contains(job.Name) ? Behind(job, locks[job.Name].Where(entered.Contains)) : job)]);
    }

    public IEnumerable<RunEvent.JobKept> Events(RunState earlier, DateTimeOffset now) =>
        Kept.Select(name => new RunEvent.JobKept(name, earlier[name] with { KeptFrom = earlier[name].KeptFrom ?? earlier.Origin.Id }) { At = now });

    private static PlannedJob Behind(PlannedJob job, IEnumerable<string> locks) => job with
    {
        Requires =
        [
            .. job.Requires,
            .. locks.Where(name => job.Requires.All(requirement => requirement.Job != name)).Select(name => new Requirement(name, [TerminalStatus.Success])),
        ],
    };

    /// <summary>By job: the locks that it ran under. A lock covers what lies between it and the unlock of its group.</summary>
    private static Dictionary<string, HashSet<string>> LocksAbove(RunState run)
    {
        var above = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var job in InOrder(run))
            above[job.Name] = [.. job.Requires.Select(requirement => requirement.Job), .. job.Requires.SelectMany(requirement => above[requirement.Job])];
        return run.Plan.ToDictionary(
            job => job.Name,
            job => above[job.Name].Where(name => run.Planned(name) is { Kind: JobKind.Lock } gate && Covers(gate, job.Name)).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);

        bool Covers(PlannedJob gate, string job)
        {
            var unlocks = run.Plan.Where(other => other.Kind == JobKind.Unlock && other.SerialGroup == gate.SerialGroup).ToList();
            return unlocks.Count == 0 || unlocks.Exists(unlock => above[unlock.Name].Contains(job));
        }
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
