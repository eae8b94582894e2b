using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;
using Signalbox.Journal;
using Signalbox.Processes;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>The runs that this process drives. A run is driven by one process at a time; the system lets go of it when that process ends, however it ends.</summary>
public sealed class Engine : IDisposable
{
    private readonly EventJournal _journal;
    private readonly RunSetting _setting;
    private readonly IRunListener _listener;
    private readonly Dictionary<RunId, RunExecution> _driven = [];
    private readonly Lock _drivenLock = new();

    private Engine(EventJournal journal, RunSetting setting, IRunListener listener) =>
        (_journal, _setting, _listener) = (journal, setting, listener);

    public RunJournal Journal => _setting.Journal;

    public RunFolders Folders => _setting.Folders;

    public ProjectIdentity Project => _setting.Project;

    public static async Task<Engine> Open(EngineOptions options, IRunListener listener, CancellationToken cancellation)
    {
        var journal = await EventJournal.Open(options.Folders.Journal, cancellation);
        var setting = new RunSetting
        {
            Journal = new RunJournal(journal),
            Folders = options.Folders,
            SerialGroups = new SerialGroups(options.Folders.SerialGroups, Leftovers.Work, options.Clock),
            Runner = options.Runner,
            FreePlaces = new SemaphoreSlim(options.Parallel),
            Project = options.Project,
            Variables = options.Variables,
            Clock = options.Clock,
        };
        return new Engine(journal, setting, listener);
    }

    /// <summary>Writes a new run down; <see cref="Drive"/> executes it.</summary>
    public Task<RunState> Create(RunOrigin origin, CompiledWorkflow workflow, CancellationToken cancellation) =>
        Create(origin, (ValueList<PlannedJob>)[.. workflow.Jobs.Select(PlannedJob.Of)], cancellation);

    private async Task<RunState> Create(RunOrigin origin, ValueList<PlannedJob> plan, CancellationToken cancellation)
    {
        var created = new RunEvent.Created(origin, plan) { At = _setting.Clock.GetUtcNow() };
        await Journal.Append(origin.Id, after: 0, [created], cancellation);
        _listener.Happened(RunState.Begin(created), created);
        return RunState.Begin(created);
    }

    /// <summary>Writes down a rerun that keeps what succeeded and was approved, with its workspace.</summary>
    public async Task<RunState> CreateFrom(RunState earlier, Rerun rerun, RunOrigin origin, CancellationToken cancellation)
    {
        var run = await Create(origin with { Workspace = earlier.Origin.Workspace }, rerun.Plan, cancellation);
        var kept = rerun.Events(earlier, _setting.Clock.GetUtcNow()).ToList();
        await Journal.Append(origin.Id, run.Events, kept, cancellation);
        return kept.Aggregate(run, (state, happened) => state.After(happened)!);
    }

    /// <summary>Drives a run from where it stands until it is over, or only people can move it.</summary>
    /// <param name="interrupted">What becomes of jobs under which an earlier engine was killed.</param>
    /// <param name="staysOnHold">Whether to wait for people too; asked anew each time.</param>
    /// <returns>Where it stands then, or null when another process drives it.</returns>
    public async Task<RunState?> Drive(RunId id, CompiledWorkflow workflow, InterruptedJob interrupted, Func<bool> staysOnHold, CancellationToken stop)
    {
        Directory.CreateDirectory(Folders.Run(id));
        using var alone = await FolderLock.Take(Folders.Lock(id), TimeSpan.Zero, _setting.Clock, stop);
        if (alone is null)
            return null;
        var state = await TakeOver(id, interrupted, stop);
        if (state.IsOver)
            return state;

        var execution = new RunExecution(state, workflow, _setting, _listener);
        lock (_drivenLock)
            _driven.Add(id, execution);
        try
        {
            return await execution.Drive(staysOnHold, stop);
        }
        finally
        {
            lock (_drivenLock)
                _driven.Remove(id);
        }
    }

    /// <summary>The execution of a run that this process drives now.</summary>
    public RunExecution? Driven(RunId id)
    {
        lock (_drivenLock)
            return _driven.GetValueOrDefault(id);
    }

    /// <summary>Writes something down in a run that no process drives.</summary>
    /// <returns>The state after it; null when a process drives it, or when it cannot happen.</returns>
    public async Task<RunState?> Record(RunId id, Func<DateTimeOffset, RunEvent> happened, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folders.Run(id));
        using var alone = await FolderLock.Take(Folders.Lock(id), TimeSpan.Zero, _setting.Clock, cancellation);
        if (alone is null || await Journal.Load(id, cancellation) is not { } state)
            return null;
        var what = happened(_setting.Clock.GetUtcNow());
        if (state.After(what) is not { } after)
            return null;
        await Journal.Append(id, state.Events, [what], cancellation);
        _listener.Happened(after, what);
        return after;
    }

    public void Dispose()
    {
        _journal.Dispose();
        _setting.FreePlaces.Dispose();
    }

    private async Task<RunState> TakeOver(RunId id, InterruptedJob interrupted, CancellationToken stop)
    {
        var state = await Journal.Load(id, stop) ?? throw new InvalidOperationException($"run {id} has no events, or impossible ones");
        if (state.IsOver)
            return state;
        await _setting.Runner.EndLeftovers(Leftovers.Processes(state), stop);
        var own = await ProcessIdentity.Of(Environment.ProcessId, stop);
        var now = _setting.Clock.GetUtcNow();
        RunEvent[] events = [new RunEvent.EngineTookOver(own!.Id, own.Started) { At = now }, .. Leftovers.Judged(state, interrupted, now)];
        await Journal.Append(id, state.Events, events, stop);
        foreach (var happened in events)
        {
            state = state.After(happened) ?? throw new InvalidOperationException($"{happened} cannot follow");
            _listener.Happened(state, happened);
        }

        return state;
    }
}

/// <summary>What a process needs to drive runs of one project.</summary>
public sealed record EngineOptions
{
    public required RunFolders Folders { get; init; }

    public required ProjectIdentity Project { get; init; }

    public required IJobRunner Runner { get; init; }

    public VariableSources Variables { get; init; } = new();

    /// <summary>How many nodes may run at once.</summary>
    public int Parallel { get; init; } = Environment.ProcessorCount;

    public required TimeProvider Clock { get; init; }
}
