using System.Text.Json;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>What a person wants executed, and how.</summary>
public sealed record PipelineOrder
{
    public required SourceText Config { get; init; }

    public required GitFacts Git { get; init; }

    public required JobSource Source { get; init; }

    public required string StartedBy { get; init; }

    public IReadOnlyDictionary<string, JsonElement> Parameters { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Pipeline values that replace what is known here, by their names without `pipeline.`.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Only this workflow, or null for all that the config keeps and that a push would start.</summary>
    public string? Workflow { get; init; }

    public JobPolicy Policy { get; init; } = new();

    /// <summary>Holds that are approved beforehand.</summary>
    public ValueList<string> Approved { get; init; } = [];

    public bool ApprovesAll { get; init; }
}

/// <param name="Runs">One for each workflow.</param>
/// <param name="Warnings">Of the config.</param>
public sealed record StartedPipeline(PipelineRecord Pipeline, ValueList<RunState> Runs, ValueList<Diagnostic> Warnings);
