using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>What holds for the jobs of a workflow together: no circle, and nobody waits for whom a filter took away.</summary>
internal static class JobGraph
{
    private static readonly Rule Cycle = new("SB1082", Severity.Error, "Jobs require each other in a circle");

    public static void RefuseCycles(IReadOnlyList<PlannedJob> jobs, CompilationReport report)
    {
        // Jobs are taken away as long as all they require is gone; what stays is part of a circle or waits for one.
        var waiting = jobs.ToDictionary(job => job, job => job.Requires.Count);
        var dependents = jobs.SelectMany(job => job.Requires.Select(required => (required.Job, job))).ToLookup(pair => pair.Item1, pair => pair.job);
        var ready = new Queue<PlannedJob>(jobs.Where(job => job.Requires.Count == 0));
        while (ready.TryDequeue(out var done))
        {
            waiting.Remove(done);
            foreach (var dependent in dependents[done])
            {
                if (waiting.ContainsKey(dependent) && --waiting[dependent] == 0)
                    ready.Enqueue(dependent);
            }
        }

        foreach (var job in jobs.Where(job => waiting.ContainsKey(job) && IsOnCircle(job, waiting)))
            report.Add(Cycle, job.At, $"The job `{job.Name}` is part of a cycle", "remove one of the requirements: " + string.Join(" → ", Circle(job, waiting).Select(member => member.Name)));
    }

    /// <summary>A job whose every requirement was filtered out goes too; others only forget the requirement (workflows, "filters").</summary>
    public static IReadOnlyList<PlannedJob> WithoutFilteredOut(IReadOnlyList<PlannedJob> jobs)
    {
        var gone = jobs.Where(job => job.IsFilteredOut).ToHashSet();
        if (gone.Count == 0)
            return jobs;
        for (var before = -1; before != gone.Count;)
        {
            before = gone.Count;
            gone.UnionWith(jobs.Where(job => job.Requires.Count > 0 && job.Requires.All(required => gone.Contains(required.Job))));
        }

        foreach (var job in jobs)
            job.Requires.RemoveAll(required => gone.Contains(required.Job));
        return [.. jobs.Where(job => !gone.Contains(job))];
    }

    private static bool IsOnCircle(PlannedJob job, Dictionary<PlannedJob, int> waiting) => Circle(job, waiting).Count > 0;

    /// <summary>A shortest way from the job back to itself; empty when there is none.</summary>
    private static List<PlannedJob> Circle(PlannedJob job, Dictionary<PlannedJob, int> waiting)
    {
        var cameFrom = new Dictionary<PlannedJob, PlannedJob>();
        var queue = new Queue<PlannedJob>([job]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var next in at.Requires.Select(required => required.Job).Where(waiting.ContainsKey))
            {
                if (next == job)
                {
                    List<PlannedJob> way = [job];
                    for (var back = at; back != job; back = cameFrom[back])
                        way.Insert(0, back);
                    way.Insert(0, job);
                    return way;
                }

                if (cameFrom.TryAdd(next, at))
                    queue.Enqueue(next);
            }
        }

        return [];
    }
}
