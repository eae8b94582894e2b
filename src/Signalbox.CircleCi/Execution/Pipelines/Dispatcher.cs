using System.Diagnostics;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>
/// Starts runs and keeps them moving until each is over or waits for people. A failed workflow that asks for it is rerun
/// from failed. Pipelines are compiled elsewhere and come in as <see cref="CompiledWorkflow"/>.
/// </summary>
public sealed class Dispatcher(Engine engine, IWorkflowSource workflows, CancellationToken stop)
{
    private readonly Dictionary<RunId, Task<RunState?>> _moving = [];
    private readonly Lock _movingLock = new();

    public Engine Engine => engine;

    /// <summary>Whether runs that wait for people are kept waiting here, so that they go on at once; else they are let go.</summary>
    public bool StaysOnHold { get; set; }

    /// <summary>What becomes of jobs under which an earlier engine was killed.</summary>
    public InterruptedJob Interrupted { get; init; } = InterruptedJob.Rerun;

    /// <summary>Says where a run is driven, before it is.</summary>
    public Func<RunId, CancellationToken, Task> Announce { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Writes down a new run of a workflow, and begins to drive it.</summary>
    public async Task<RunState> Start(RunOrigin origin, CompiledWorkflow workflow, CancellationToken cancellation)
    {
        var run = await engine.Create(origin, workflow, cancellation);
        Move(run.Origin.Id, workflow);
        return run;
    }

    /// <summary>Repeats a run, or a part of it.</summary>
    public async Task<Outcome<RunState>> Rerun(RunState earlier, RerunExtent extent, string by, CancellationToken cancellation)
    {
        if (!(await workflows.Find(earlier.Origin, cancellation)).Succeeded(out var workflow, out var problems))
            return new Outcome<RunState>.Failure(problems);
        var origin = await Repeated(earlier, by, cancellation);
        var run = extent switch
        {
            RerunExtent.Whole => await engine.Create(origin, workflow, cancellation),
            RerunExtent.FailedTests => await engine.CreateFrom(earlier, Runs.Rerun.FromFailed(earlier), origin with { OnlyFailedTestsOf = Tested(earlier) }, cancellation),
            RerunExtent.FromFailed => await engine.CreateFrom(earlier, Runs.Rerun.FromFailed(earlier), origin, cancellation),
            RerunExtent.Selected selected => await engine.CreateFrom(earlier, Runs.Rerun.Selected(earlier, selected.Jobs), origin, cancellation),
            _ => throw new UnreachableException(),
        };
        Move(run.Origin.Id, workflow);
        return run;
    }

    /// <summary>Drives a run that stands in the journal.</summary>
    public async Task<Outcome<bool>> Resume(RunState run, CancellationToken cancellation)
    {
        if (!(await workflows.Find(run.Origin, cancellation)).Succeeded(out var workflow, out var problems))
            return new Outcome<bool>.Failure(problems);
        Move(run.Origin.Id, workflow);
        return true;
    }

    /// <summary>Waits for every run, also for those that are started meanwhile.</summary>
    /// <returns>Where each stands; what another process drives is left out.</returns>
    public async Task<ValueList<RunState>> Settled()
    {
        while (true)
        {
            var moving = Moving();
            var settled = await Task.WhenAll(moving);
            if (Moving().Count == moving.Count)
                return [.. settled.OfType<RunState>()];
        }
    }

    private List<Task<RunState?>> Moving()
    {
        lock (_movingLock)
            return [.. _moving.Values];
    }

    private void Move(RunId id, CompiledWorkflow workflow)
    {
        lock (_movingLock)
        {
            if (!_moving.TryGetValue(id, out var moving) || moving.IsCompleted)
                _moving[id] = Task.Run(() => Drive(id, workflow), CancellationToken.None);
        }
    }

    private async Task<RunState?> Drive(RunId id, CompiledWorkflow workflow)
    {
        while (true)
        {
            await Announce(id, CancellationToken.None);
            var run = await engine.Drive(id, workflow, Interrupted, () => StaysOnHold, stop);
            if (run is null || !IsRerunByItself(run, workflow))
                return run;
            var origin = await Repeated(run, run.Origin.StartedBy, CancellationToken.None) with { AutomaticRerun = run.Origin.AutomaticRerun + 1 };
            await engine.CreateFrom(run, Runs.Rerun.FromFailed(run), origin, CancellationToken.None);
            id = origin.Id;
        }
    }

    /// <summary>Only what failed, never what was canceled; and not what a person reran (automatic reruns, "Workflow").</summary>
    private bool IsRerunByItself(RunState run, CompiledWorkflow workflow) =>
        !stop.IsCancellationRequested
        && run.Status() == RunStatus.Failed
        && run.Origin.AutomaticRerun < workflow.AutomaticReruns
        && (run.Origin.RerunOf is null || run.Origin.AutomaticRerun > 0);

    private ValueList<TestedJob> Tested(RunState earlier) =>
        [.. earlier.JobsWithFailedTests.Select(job => new TestedJob(job, [.. engine.Folders.Nodes(earlier, job)]))];

    private async Task<RunOrigin> Repeated(RunState earlier, string by, CancellationToken cancellation)
    {
        var id = RunId.New();
        return earlier.Origin with
        {
            Id = id,
            Workspace = id,
            Number = await engine.Journal.NextRunNumber(cancellation),
            RerunOf = earlier.Origin.Id,
            OnlyFailedTestsOf = [],
            StartedBy = by,
            AutomaticRerun = 0,
        };
    }
}

/// <summary>Where the workflow that a journalled run executes is found again.</summary>
public interface IWorkflowSource
{
    Task<Outcome<CompiledWorkflow>> Find(RunOrigin run, CancellationToken cancellation);
}
