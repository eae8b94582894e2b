using System.Collections.Immutable;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>A run as its events add up. <see cref="After"/> is total: an event that cannot happen here has no state after it.</summary>
public sealed record RunState
{
    public required RunOrigin Origin { get; init; }

    /// <summary>In the order of the config.</summary>
    public required ValueList<PlannedJob> Plan { get; init; }

    public required ImmutableDictionary<string, JobState> Jobs { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the newest event happened.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Who asked for the whole run to be cancelled.</summary>
    public string? CanceledBy { get; init; }

    /// <summary>How many events led here.</summary>
    public required long Events { get; init; }

    public bool IsOver => Jobs.Values.All(job => job.Phase == JobPhase.Ended);

    /// <summary>In the order of the config.</summary>
    public IEnumerable<string> JobsWithFailedTests =>
        Plan.Select(job => job.Name).Where(name => this[name].Nodes.Any(node => node.Tests.Failed > 0));

    public JobState this[string job] => Jobs[job];

    public PlannedJob Planned(string job) => Plan.First(planned => planned.Name == job);

    /// <summary>The state that a run begins with.</summary>
    public static RunState Begin(RunEvent.Created created) => new()
    {
        Origin = created.Origin,
        Plan = created.Jobs,
        Jobs = created.Jobs.ToImmutableDictionary(job => job.Name, _ => new JobState(), StringComparer.Ordinal),
        CreatedAt = created.At,
        LastAt = created.At,
        Events = 1,
    };

    /// <summary>What the events of a journal add up to; null when there are none, or they cannot have happened.</summary>
    public static RunState? Of(IEnumerable<RunEvent> events)
    {
        RunState? state = null;
        foreach (var happened in events)
        {
            state = state is null ? happened is RunEvent.Created created ? Begin(created) : null : state.After(happened);
            if (state is null)
                return null;
        }

        return state;
    }

    /// <summary>The state after an event, or null when the event cannot happen in this state.</summary>
    public RunState? After(RunEvent happened) => happened switch
    {
        RunEvent.Created => null,
        RunEvent.EngineTookOver => IsOver ? null : Counted(happened),
        RunEvent.CancelAsked { Job: null } asked => IsOver ? null : Counted(happened) with { CanceledBy = asked.By },
        _ => JobTransition.JobOf(happened) is { } name && Jobs.TryGetValue(name, out var job) && JobTransition.After(this, name, job, happened) is { } next
            ? Counted(happened) with { Jobs = Jobs.SetItem(name, next) }
            : null,
    };

    private RunState Counted(RunEvent happened) => this with { Events = Events + 1, LastAt = happened.At };
}
