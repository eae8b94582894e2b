using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation;

/// <summary>What one pipeline will execute: a compiled config with the filters of its jobs already decided.</summary>
public sealed record CompiledPipeline(ValueList<CompiledWorkflow> Workflows);

/// <summary>A workflow that its `when` kept. Jobs that a filter excluded are gone, and so are requirements on them.</summary>
public sealed record CompiledWorkflow
{
    public required string Name { get; init; }

    /// <summary>In the order of the file.</summary>
    public required ValueList<WorkflowJob> Jobs { get; init; }

    /// <summary>How often a failed workflow is rerun from failed by itself, 0 to 5 (`max_auto_reruns`).</summary>
    public int AutomaticReruns { get; init; }

    /// <summary>The workflow has `triggers: [schedule]`, so a push does not start it.</summary>
    public bool IsScheduled { get; init; }
}

/// <summary>A node of a workflow's graph.</summary>
public sealed record WorkflowJob
{
    /// <summary>The final name, unique in the workflow; what `requires`, `approve` and CIRCLE_JOB use.</summary>
    public required string Name { get; init; }

    public required JobKind Kind { get; init; }

    public ValueList<Requirement> Requires { get; init; } = [];

    /// <summary>Contexts in the order of the list; a later one overrides an earlier one.</summary>
    public ValueList<string> Contexts { get; init; } = [];

    /// <summary>The key that a <see cref="JobKind.Lock"/> takes, an <see cref="JobKind.Unlock"/> gives back, or a build job holds.</summary>
    public string? SerialGroup { get; init; }

    /// <summary>Null unless the kind is <see cref="JobKind.Build"/>.</summary>
    public JobBody? Body { get; init; }
}

/// <summary>The `type` of a job (configuration reference, "Job type").</summary>
public enum JobKind
{
    Build,
    Approval,
    NoOp,
    Release,
    Lock,
    Unlock,
}

/// <param name="Job">The final name of a job of the same workflow.</param>
/// <param name="Statuses">Any of them satisfies the requirement; never empty, `terminal` already spelt out.</param>
public sealed record Requirement(string Job, ValueList<TerminalStatus> Statuses);

/// <summary>How a job can end (configuration reference, "requires").</summary>
public enum TerminalStatus
{
    Success,
    Failed,
    Canceled,
    Unauthorized,
    NotRun,
}
