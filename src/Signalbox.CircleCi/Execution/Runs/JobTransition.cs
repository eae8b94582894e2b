using System.Diagnostics;
using Signalbox.CircleCi.Compilation;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>The state machine of one job inside its run. Every rule of who may start, pass and end is here and nowhere else.</summary>
internal static class JobTransition
{
    /// <summary>The job that an event is about; null for those about the run.</summary>
    public static string? JobOf(RunEvent happened) => happened switch
    {
        RunEvent.JobKept e => e.Job,
        RunEvent.CancelAsked e => e.Job,
        RunEvent.JobQueued e => e.Job,
        RunEvent.JobHeld e => e.Job,
        RunEvent.Approved e => e.Job,
        RunEvent.Rejected e => e.Job,
        RunEvent.JobStarted e => e.Job,
        RunEvent.JobInterrupted e => e.Job,
        RunEvent.JobEnded e => e.Job,
        RunEvent.NodeStarted e => e.Job,
        RunEvent.NodeEnded e => e.Job,
        RunEvent.StepStarted e => e.Job,
        RunEvent.StepEnded e => e.Job,
        RunEvent.ProcessStarted e => e.Job,
        RunEvent.LayerPersisted e => e.Job,
        RunEvent.ArtifactStored e => e.Job,
        RunEvent.TestsStored e => e.Job,
        RunEvent.Noted e => e.Job,
        RunEvent.Created or RunEvent.EngineTookOver => null,
        _ => throw new UnreachableException(),
    };

    public static JobState? After(RunState run, string name, JobState job, RunEvent happened)
    {
        if (job.Phase == JobPhase.Ended)
            return null;
        return (job.Phase, happened) switch
        {
            (JobPhase.Blocked, RunEvent.JobKept { Result.Phase: JobPhase.Ended } e) => e.Result with { IsCancelAsked = false },
            (_, RunEvent.CancelAsked) => job with { IsCancelAsked = true },
            (JobPhase.Blocked, RunEvent.JobHeld e) => MayStart(run, name, job) && run.Planned(name).Kind == JobKind.Approval
                ? job with { Phase = JobPhase.OnHold, ReadyAt = e.At }
                : null,
            (JobPhase.Blocked, RunEvent.JobQueued e) => MayStart(run, name, job) && run.Planned(name).Kind != JobKind.Approval
                ? job with { Phase = JobPhase.Queued, Number = e.Number, ReadyAt = e.At }
                : null,
            (JobPhase.OnHold, RunEvent.Approved e) => IsCanceling(run, job) ? null : End(job, TerminalStatus.Success, reason: null, e.At) with { DecidedBy = e.By },
            (JobPhase.OnHold, RunEvent.Rejected e) => End(job, TerminalStatus.Canceled, $"rejected by {e.By}", e.At) with { DecidedBy = e.By },
            (JobPhase.Queued, RunEvent.JobStarted e) => IsCanceling(run, job) || run.Planned(name).Kind == JobKind.Build ? null : job with { Phase = JobPhase.Running, StartedAt = e.At },
            (JobPhase.Running, RunEvent.JobInterrupted) => new JobState { Interruptions = job.Interruptions + 1, IsCancelAsked = job.IsCancelAsked },
            (JobPhase.Queued or JobPhase.Running, RunEvent.NodeStarted e) => !IsCanceling(run, job) && job.Node(e.Node) is null && e.Node < run.Planned(name).Nodes
                ? (job with { Phase = JobPhase.Running, StartedAt = job.StartedAt ?? e.At }).With(new NodeState { Index = e.Node, StartedAt = e.At })
                : null,
            (_, RunEvent.JobEnded e) => MayEnd(run, name, job, e.Status) ? End(job, e.Status, e.Reason, e.At) : null,
            (JobPhase.Running, _) => NodeTransition.After(job, happened),
            _ => null,
        };
    }

    private static bool MayStart(RunState run, string name, JobState job) =>
        !IsCanceling(run, job) && Requirements.Of(run, run.Planned(name)) == Readiness.Ready;

    private static bool IsCanceling(RunState run, JobState job) => job.IsCancelAsked || run.CanceledBy is not null;

    private static bool MayEnd(RunState run, string name, JobState job, TerminalStatus status) => (job.Phase, status) switch
    {
        (JobPhase.Running, TerminalStatus.Success) => run.Planned(name) is { Kind: JobKind.Build } planned
            ? job.Nodes.Count == planned.Nodes && job.Nodes.All(node => node.Ending == TerminalStatus.Success)
            : true,
        (JobPhase.Running, TerminalStatus.Failed or TerminalStatus.Canceled or TerminalStatus.Unauthorized) => job.Nodes.All(node => node.Ending is not null),
        (JobPhase.Blocked, TerminalStatus.NotRun) => Requirements.Of(run, run.Planned(name)) == Readiness.Impossible,
        (JobPhase.Queued, TerminalStatus.NotRun) => run.Planned(name).SerialGroup is not null, // an older pipeline is skipped
        (JobPhase.Queued, TerminalStatus.Failed or TerminalStatus.Unauthorized) => true,
        (JobPhase.Blocked or JobPhase.OnHold or JobPhase.Queued, TerminalStatus.Canceled) => IsCanceling(run, job) || run.Planned(name).SerialGroup is not null,
        _ => false,
    };

    private static JobState End(JobState job, TerminalStatus status, string? reason, DateTimeOffset at) =>
        job with { Phase = JobPhase.Ended, Ending = status, Reason = reason, EndedAt = at };
}
