using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>How far a job has come.</summary>
public enum JobPhase
{
    /// <summary>Something it requires has not ended yet.</summary>
    Blocked,

    /// <summary>Waits for a serial group, or for a free place.</summary>
    Queued,

    /// <summary>Waits for a person.</summary>
    OnHold,

    Running,

    /// <summary>Terminal: <see cref="JobState.Ending"/> says how.</summary>
    Ended,
}

/// <summary>One job of a run, as its events add up.</summary>
public sealed record JobState
{
    public JobPhase Phase { get; init; }

    /// <summary>Null until the phase is <see cref="JobPhase.Ended"/>, and never changed then.</summary>
    public TerminalStatus? Ending { get; init; }

    /// <summary>Why it ended so, unless it succeeded.</summary>
    public string? Reason { get; init; }

    public int? Number { get; init; }

    /// <summary>Queued, or put on hold.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who approved or rejected it.</summary>
    public string? DecidedBy { get; init; }

    public bool IsCancelAsked { get; init; }

    /// <summary>How often the engine was ended under it.</summary>
    public int Interruptions { get; init; }

    public ValueList<NodeState> Nodes { get; init; } = [];

    /// <summary>The run that this ending was taken over from.</summary>
    public RunId? KeptFrom { get; init; }

    public NodeState? Node(int index) => Nodes.FirstOrDefault(node => node.Index == index);

    public JobState With(NodeState changed) => this with
    {
        Nodes = [.. Nodes.Where(node => node.Index != changed.Index).Append(changed).OrderBy(node => node.Index)],
    };
}

/// <summary>One of the parallel nodes of a job.</summary>
public sealed record NodeState
{
    public required int Index { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public TerminalStatus? Ending { get; init; }

    public string? Problem { get; init; }

    /// <summary>What to type to look into the kept folder or container of a failed job.</summary>
    public string? ShellCommand { get; init; }

    public ValueList<StepState> Steps { get; init; } = [];

    /// <summary>To be ended when the engine dies.</summary>
    public ValueList<JobEvent.ProcessStarted> Processes { get; init; } = [];

    public ValueList<WorkspaceLayer> Layers { get; init; } = [];

    public ValueList<StoredArtifact> Artifacts { get; init; } = [];

    public TestCount Tests { get; init; } = new(0, 0, 0);

    public ValueList<string> Notes { get; init; } = [];
}

public sealed record StepState(int Index, string Title, string LogFile, DateTimeOffset StartedAt)
{
    public StepStatus? Ending { get; init; }

    public int? ExitCode { get; init; }

    public TimeSpan? Elapsed { get; init; }
}

/// <param name="Path">As CircleCI names it.</param>
/// <param name="File">Where it lies, absolute.</param>
public sealed record StoredArtifact(string Path, string File, long Bytes);

public sealed record TestCount(int Passed, int Failed, int Skipped)
{
    public int Total => Passed + Failed + Skipped;

    public TestCount And(TestCount other) => new(Passed + other.Passed, Failed + other.Failed, Skipped + other.Skipped);
}
