using System.Diagnostics;
using Signalbox.CircleCi.Compilation;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>A workflow's state in CircleCI's words.</summary>
public enum RunStatus
{
    Queued,
    Running,
    Failing,
    OnHold,
    Success,
    Failed,
    Canceled,
    Unauthorized,
}

public static class StatusWords
{
    /// <summary>A run whose cancelling was asked for is canceled; else one failed job makes it failed, whoever required that failure.</summary>
    public static RunStatus Status(this RunState run)
    {
        var jobs = run.Jobs.Values;
        if (run.IsOver)
        {
            return run.CanceledBy is not null ? RunStatus.Canceled
                : jobs.Any(job => job.Ending == TerminalStatus.Failed) ? RunStatus.Failed
                : jobs.Any(job => job.Ending == TerminalStatus.Unauthorized) ? RunStatus.Unauthorized
                : jobs.Any(job => job.Ending == TerminalStatus.Canceled) ? RunStatus.Canceled
                : RunStatus.Success;
        }

        var isMoving = jobs.Any(job => job.Phase == JobPhase.Running);
        return isMoving && jobs.Any(job => job.Ending == TerminalStatus.Failed) ? RunStatus.Failing
            : isMoving ? RunStatus.Running
            : jobs.Any(job => job.Phase == JobPhase.Queued) ? RunStatus.Queued
            : jobs.Any(job => job.Phase == JobPhase.OnHold) ? RunStatus.OnHold
            : RunStatus.Running;
    }

    public static string Word(this RunStatus status) => status switch
    {
        RunStatus.Queued => "queued",
        RunStatus.Running => "running",
        RunStatus.Failing => "failing",
        RunStatus.OnHold => "on_hold",
        RunStatus.Success => "success",
        RunStatus.Failed => "failed",
        RunStatus.Canceled => "canceled",
        RunStatus.Unauthorized => "unauthorized",
        _ => throw new UnreachableException(),
    };

    public static string Word(this TerminalStatus status) => status switch
    {
        TerminalStatus.Success => "success",
        TerminalStatus.Failed => "failed",
        TerminalStatus.Canceled => "canceled",
        TerminalStatus.Unauthorized => "unauthorized",
        TerminalStatus.NotRun => "not_run",
        _ => throw new UnreachableException(),
    };

    /// <summary>A job's state in CircleCI's words.</summary>
    public static string Word(this JobState job) => job.Phase switch
    {
        JobPhase.Blocked => "blocked",
        JobPhase.Queued => "queued",
        JobPhase.OnHold => "on_hold",
        JobPhase.Running => "running",
        JobPhase.Ended => job.Ending!.Value.Word(),
        _ => throw new UnreachableException(),
    };
}
