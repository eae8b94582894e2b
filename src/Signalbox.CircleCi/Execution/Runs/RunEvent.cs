using System.Text.Json.Serialization;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>What happened to a run. The journal holds these and nothing else; a <see cref="RunState"/> is what they add up to.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(JobKept), "job_kept")]
[JsonDerivedType(typeof(EngineTookOver), "engine_took_over")]
[JsonDerivedType(typeof(CancelAsked), "cancel_asked")]
[JsonDerivedType(typeof(JobQueued), "job_queued")]
[JsonDerivedType(typeof(JobHeld), "job_held")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(JobStarted), "job_started")]
[JsonDerivedType(typeof(JobInterrupted), "job_interrupted")]
[JsonDerivedType(typeof(JobEnded), "job_ended")]
[JsonDerivedType(typeof(NodeStarted), "node_started")]
[JsonDerivedType(typeof(NodeEnded), "node_ended")]
[JsonDerivedType(typeof(StepStarted), "step_started")]
[JsonDerivedType(typeof(StepEnded), "step_ended")]
[JsonDerivedType(typeof(ProcessStarted), "process_started")]
[JsonDerivedType(typeof(LayerPersisted), "layer_persisted")]
[JsonDerivedType(typeof(ArtifactStored), "artifact_stored")]
[JsonDerivedType(typeof(TestsStored), "tests_stored")]
[JsonDerivedType(typeof(Noted), "noted")]
public abstract record RunEvent
{
    private RunEvent() { }

    public required DateTimeOffset At { get; init; }

    /// <summary>Always the first, and only the first.</summary>
    public sealed record Created(RunOrigin Origin, ValueList<PlannedJob> Jobs) : RunEvent;

    /// <summary>A rerun from failed takes over how a job of an earlier run ended, with its approval and its layers.</summary>
    public sealed record JobKept(string Job, JobState Result) : RunEvent;

    /// <summary>A process drives the run from here on.</summary>
    public sealed record EngineTookOver(int ProcessId, string Started) : RunEvent;

    /// <param name="Job">Null means the whole run.</param>
    public sealed record CancelAsked(string? Job, string By) : RunEvent;

    /// <summary>Everything the job requires is there; it waits for its turn.</summary>
    /// <param name="Number">`CIRCLE_BUILD_NUM`; null for what is no build.</param>
    public sealed record JobQueued(string Job, int? Number) : RunEvent;

    public sealed record JobHeld(string Job) : RunEvent;

    public sealed record Approved(string Job, string By) : RunEvent;

    public sealed record Rejected(string Job, string By) : RunEvent;

    /// <summary>A job without steps; a build job starts with its first node.</summary>
    public sealed record JobStarted(string Job) : RunEvent;

    /// <summary>The engine ended while the job ran; nothing of what the job did counts, and it is as if it had not begun.</summary>
    public sealed record JobInterrupted(string Job) : RunEvent;

    /// <param name="Reason">Why, in one sentence, unless it succeeded.</param>
    public sealed record JobEnded(string Job, TerminalStatus Status, string? Reason) : RunEvent;

    public sealed record NodeStarted(string Job, int Node) : RunEvent;

    public sealed record NodeEnded(string Job, int Node, TerminalStatus Status, string? Problem, string? ShellCommand) : RunEvent;

    public sealed record StepStarted(string Job, int Node, int Step, string Title, string LogFile) : RunEvent;

    public sealed record StepEnded(string Job, int Node, int Step, StepStatus Status, int? ExitCode, TimeSpan Elapsed) : RunEvent;

    public sealed record ProcessStarted(string Job, int Node, int ProcessId, string Started, string? ContainerName) : RunEvent;

    public sealed record LayerPersisted(string Job, int Node, WorkspaceLayer Layer) : RunEvent;

    public sealed record ArtifactStored(string Job, int Node, StoredArtifact Artifact) : RunEvent;

    public sealed record TestsStored(string Job, int Node, int Passed, int Failed, int Skipped) : RunEvent;

    public sealed record Noted(string Job, int Node, string Message) : RunEvent;
}
