using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Pipelines;

/// <summary>One pipeline as it is kept: what it was made from. What it became are its runs.</summary>
public sealed record PipelineRecord
{
    public required Guid Id { get; init; }

    /// <summary>1, 2, 3 … in the project.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string StartedBy { get; init; }

    public required JobSource Source { get; init; }

    /// <summary>The first line of the commit's message.</summary>
    public string Subject { get; init; } = "";

    /// <summary>As they were given, not the defaults; the values are JSON scalars.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Pipeline values that were given, by their names without `pipeline.`; they replace what is known here.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The config's path, relative to the repository.</summary>
    public required string ConfigPath { get; init; }

    public PipelineState State { get; init; } = PipelineState.Created;

    /// <summary>Why there are no workflows, when the state is <see cref="PipelineState.Errored"/>.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>How the pipeline's setup job continues it; null once it did, and for what is no setup.</summary>
    public string? ContinuationKey { get; init; }
}

public enum PipelineState
{
    Created,
    Errored,

    /// <summary>A setup config runs, and has not continued the pipeline yet.</summary>
    Setup,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, Converters = [typeof(JsonStringEnumConverter<PipelineState>)])]
[JsonSerializable(typeof(PipelineRecord))]
internal sealed partial class PipelineJson : JsonSerializerContext;
