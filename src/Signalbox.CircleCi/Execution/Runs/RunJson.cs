using System.Text.Encodings.Web;
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
        typeof(SnakeCaseWords<TerminalStatus>),
        typeof(SnakeCaseWords<JobKind>),
        typeof(SnakeCaseWords<JobPhase>),
        typeof(SnakeCaseWords<StepStatus>),
        typeof(SnakeCaseWords<ExecutorChoice>),
        typeof(ValueListConverter<string>),
        typeof(ValueListConverter<TerminalStatus>),
        typeof(ValueListConverter<Requirement>),
        typeof(ValueListConverter<PlannedJob>),
        typeof(ValueListConverter<TestedJob>),
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
[JsonSerializable(typeof(TestedJob))]
[JsonSerializable(typeof(NodeState))]
[JsonSerializable(typeof(StepState))]
[JsonSerializable(typeof(WorkspaceLayer))]
[JsonSerializable(typeof(StoredArtifact))]
[JsonSerializable(typeof(JobEvent.ProcessStarted), TypeInfoPropertyName = "JobProcess")]
internal sealed partial class RunJson : JsonSerializerContext
{
    /// <summary>People read these lines too: `&amp;` stays what it is.</summary>
    private static RunJson Readable => field ??= new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Text(RunEvent happened) => JsonSerializer.Serialize(happened, Readable.RunEvent);

    /// <exception cref="JsonException">Somebody else wrote the journal.</exception>
    public static RunEvent Event(string text) => JsonSerializer.Deserialize(text, Default.RunEvent) ?? throw new JsonException();
}

/// <summary>An event as text, for programs.</summary>
public static class RunEventText
{
    /// <summary>One JSON object on one line.</summary>
    public static string Of(RunEvent happened) => RunJson.Text(happened);
}
