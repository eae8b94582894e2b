using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>Where a run came from, and how the person wanted it run. It never changes.</summary>
public sealed record RunOrigin
{
    public required RunId Id { get; init; }

    /// <summary>1, 2, 3 … in the project; what people type.</summary>
    public required int Number { get; init; }

    public required Guid Pipeline { get; init; }

    public required int PipelineNumber { get; init; }

    public required string Workflow { get; init; }

    /// <summary>`CIRCLE_WORKFLOW_WORKSPACE_ID`: a rerun from failed inherits it, so it is the id of the first run of the chain.</summary>
    public required RunId Workspace { get; init; }

    public required string StartedBy { get; init; }

    public required JobSource Source { get; init; }

    public JobPolicy Policy { get; init; } = new();

    /// <summary>`CIRCLE_CONTINUATION_KEY` of a setup config's jobs; null for all others.</summary>
    public string? ContinuationKey { get; init; }

    /// <summary>The run that this one repeats.</summary>
    public RunId? RerunOf { get; init; }

    /// <summary>Jobs of that run to which `circleci tests run` gives here only those of their tests that failed there.</summary>
    public ValueList<TestedJob> OnlyFailedTestsOf { get; init; } = [];

    /// <summary>How many times the workflow has rerun itself before this run (`max_auto_reruns`).</summary>
    public int AutomaticRerun { get; init; }

    /// <summary>Holds that the person approved beforehand; the engine still writes down who and when.</summary>
    public ValueList<string> ApprovedBeforehand { get; init; } = [];

    public bool ApprovesAll { get; init; }

    public bool Approves(string job) => ApprovesAll || ApprovedBeforehand.Contains(job, StringComparer.Ordinal);
}

/// <summary>A job that stored tests.</summary>
/// <param name="NodeFolders">Where each of its nodes did, absolute.</param>
public sealed record TestedJob(string Job, ValueList<string> NodeFolders);

/// <summary>A node of the graph as the journal keeps it: enough to schedule and to show, without the steps.</summary>
public sealed record PlannedJob
{
    public required string Name { get; init; }

    public required JobKind Kind { get; init; }

    public ValueList<Requirement> Requires { get; init; } = [];

    public string? SerialGroup { get; init; }

    /// <summary>How many nodes run it.</summary>
    public int Nodes { get; init; } = 1;

    public static PlannedJob Of(WorkflowJob job) => new()
    {
        Name = job.Name,
        Kind = job.Kind,
        Requires = job.Requires,
        SerialGroup = job.SerialGroup,
        Nodes = job.Body?.Parallelism ?? 1,
    };
}
