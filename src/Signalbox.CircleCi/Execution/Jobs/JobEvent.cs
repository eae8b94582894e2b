namespace Signalbox.CircleCi.Execution.Jobs;

/// <summary>What happens while a node of a job runs. The log of each step lies on disk; only its tail travels here.</summary>
public abstract record JobEvent
{
    private JobEvent() { }

    /// <param name="Index">From 0.</param>
    /// <param name="LogFile">Where the masked output is written, absolute.</param>
    public sealed record StepStarted(int Index, string Title, string LogFile) : JobEvent;

    /// <summary>The newest whole line of a running step; sent a few times a second at most.</summary>
    public sealed record StepOutput(int Index, string LastLine) : JobEvent;

    /// <param name="ExitCode">Null when the step is not a command, or was skipped.</param>
    public sealed record StepEnded(int Index, StepStatus Status, int? ExitCode, TimeSpan Elapsed) : JobEvent;

    /// <summary>
    /// A process group to end if this program dies; <see cref="Started"/> tells it from a later process of the same id, as
    /// <see cref="Processes.ProcessIdentity"/> does. The first of a node comes before anything runs, has the id 0, and
    /// holds the mark that all its processes will bear.
    /// </summary>
    /// <param name="ContainerName">The container to remove, or null.</param>
    public sealed record ProcessStarted(int ProcessId, string Started, string? ContainerName) : JobEvent;

    public sealed record LayerPersisted(WorkspaceLayer Layer) : JobEvent;

    /// <param name="Path">As CircleCI names it, with `/`.</param>
    public sealed record ArtifactStored(string Path, string File, long Bytes) : JobEvent;

    public sealed record TestsStored(int Passed, int Failed, int Skipped) : JobEvent;

    /// <summary>Something the person should know that fails nothing.</summary>
    public sealed record Noted(string Message) : JobEvent;
}

public enum StepStatus
{
    Success,
    Failed,
    Skipped,
    Canceled,
    TimedOut,
    Interrupted,
}
