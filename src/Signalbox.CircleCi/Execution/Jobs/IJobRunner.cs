using Signalbox.CircleCi.Compilation;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Jobs;

/// <summary>Runs one node of one build job to its end. It knows nothing of the graph; the scheduler knows nothing of steps.</summary>
public interface IJobRunner
{
    /// <summary>Runs every step, and always says how the job ended; it throws for bugs only.</summary>
    /// <param name="onEvent">Told in order, from one thread at a time.</param>
    /// <param name="cancel">Asks the job to end: its processes get one SIGINT, a grace, then are killed.</param>
    Task<JobEnding> Run(JobAssignment assignment, Action<JobEvent> onEvent, CancellationToken cancel);

    /// <summary>Ends whatever a job left running when the program that ran it was killed. Safe to repeat.</summary>
    Task EndLeftovers(ValueList<JobEvent.ProcessStarted> processes, CancellationToken cancellation);
}

/// <summary>Everything one node of a job needs; nothing else is inherited.</summary>
public sealed record JobAssignment
{
    /// <summary>The final name of the job.</summary>
    public required string Job { get; init; }

    public required JobBody Body { get; init; }

    /// <summary>From 0.</summary>
    public required int NodeIndex { get; init; }

    public required int NodeTotal { get; init; }

    /// <summary>Built-in, context and project variables, in that order of precedence, already merged.</summary>
    public required ValueList<Variable> Variables { get; init; }

    /// <summary>The values to mask in every output.</summary>
    public required ValueList<string> Secrets { get; init; }

    public required JobSource Source { get; init; }

    /// <summary>`.signalbox/runs/RUN/jobs/NUMBER-NODE`, absolute: `steps/`, `artifacts/`, `tests/` and the working folder go there.</summary>
    public required string Folder { get; init; }

    /// <summary>The layers this job can attach, of all upstream jobs, in the order they are unpacked.</summary>
    public required ValueList<WorkspaceLayer> Upstream { get; init; }

    /// <summary>Where this job's own layers go, absolute.</summary>
    public required string WorkspaceFolder { get; init; }

    /// <summary>Where caches lie, absolute; shared by all runs of the project.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Folders of nodes that ran before; not empty: `circleci tests run` gives out only the tests that failed there.</summary>
    public ValueList<string> OnlyFailedTestsOf { get; init; } = [];

    public required JobPolicy Policy { get; init; }
}

/// <summary>What `checkout` brings.</summary>
/// <param name="Repository">The person's repository, absolute; it is only read.</param>
/// <param name="WithUncommitted">Take the working tree as it is, as if it were committed.</param>
public sealed record JobSource(string Repository, string Commit, string? Branch, string? Tag, bool WithUncommitted);

/// <summary>How the person wants jobs run.</summary>
public sealed record JobPolicy
{
    public ExecutorChoice Executor { get; init; } = ExecutorChoice.Host;

    /// <summary>Keep the folder or container of a job that failed.</summary>
    public bool KeepFailed { get; init; }

    /// <summary>How long one job may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(5);
}

public enum ExecutorChoice
{
    /// <summary>On this machine, in a private folder.</summary>
    Host,

    /// <summary>In the job's image, with podman or docker.</summary>
    Container,
}

/// <param name="Job">Who persisted it.</param>
/// <param name="File">The archive, absolute.</param>
public sealed record WorkspaceLayer(string Job, int NodeIndex, string File);

/// <summary>How a node ended.</summary>
/// <param name="Problem">Why, in one sentence, unless it succeeded.</param>
/// <param name="ShellCommand">With <see cref="JobPolicy.KeepFailed"/>: what to type to look inside.</param>
public sealed record JobEnding(TerminalStatus Status, string? Problem, string? ShellCommand);
