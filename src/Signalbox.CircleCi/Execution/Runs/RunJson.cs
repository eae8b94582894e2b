using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>How events lie in the journal: one JSON object each, keys in snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(RunIdConverter),
        typeof(JsonStringEnumConverter<TerminalStatus>),
        typeof(JsonStringEnumConverter<JobKind>),
        typeof(JsonStringEnumConverter<JobPhase>),
        typeof(JsonStringEnumConverter<StepStatus>),
        typeof(JsonStringEnumConverter<ExecutorChoice>),
        typeof(ValueListConverter<string>),
        typeof(ValueListConverter<TerminalStatus>),
        typeof(ValueListConverter<Requirement>),
        typeof(ValueListConverter<PlannedJob>),
        typeof(ValueListConverter<NodeState>),
        typeof(ValueListConverter<StepState>),
        typeof(ValueListConverter<WorkspaceLayer>),
        typeof(ValueListConverter<StoredArtifact>),
        typeof(ValueListConverter<JobEvent.ProcessStarted>),
    ])]
[JsonSerializable(typeof(RunEvent))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(TerminalStatus))]
[JsonSerializable(typeof(Requirement))]
[JsonSerializable(typeof(PlannedJob))]
[JsonSerializable(typeof(NodeState))]
[JsonSerializable(typeof(StepState))]
[JsonSerializable(typeof(WorkspaceLayer))]
[JsonSerializable(typeof(StoredArtifact))]
[JsonSerializable(typeof(JobEvent.ProcessStarted), TypeInfoPropertyName = "JobProcess")]
internal sealed partial class RunJson : JsonSerializerContext
{
    public static string Text(RunEvent happened) => JsonSerializer.Serialize(happened, Default.RunEvent);

    /// <exception cref="JsonException">Somebody else wrote the journal.</exception>
    public static RunEvent Event(string text) => JsonSerializer.Deserialize(text, Default.RunEvent) ?? throw new JsonException();
}
