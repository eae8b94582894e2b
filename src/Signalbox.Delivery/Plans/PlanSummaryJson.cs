using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Delivery.Guard;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>A summary and what the guard says of it, as stored in a sealed plan and printed by `--json`.</summary>
/// <param name="Schema">Grows only when a reader of the old shape would misread the new one.</param>
public sealed record ReviewedPlan(int Schema, string? Verdict, PlanSummary Summary, ValueList<Finding> Findings);

/// <summary>Writes and reads the documented JSON of docs/plan-summary.md.</summary>
public static class PlanSummaryJson
{
    public static readonly Rule Unreadable = new("SB3099", Severity.Error, "a stored plan summary cannot be read");

    private const int Schema = 1;

    public static byte[] Write(PlanSummary summary, ValueList<Finding> findings) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ReviewedPlan(Schema, findings.Verdict()?.Word(), summary, findings),
            PlanSummaryContext.Default.ReviewedPlan);

    public static Outcome<ReviewedPlan> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, PlanSummaryContext.Default.ReviewedPlan) is { Schema: Schema } reviewed)
                return reviewed;
        }
        catch (JsonException)
        {
            // said below: a summary of another shape and no summary at all need the same answer
        }

        return Unreadable.Without(
            $"the stored plan summary is not of schema {Schema}",
            "plan again with this version: `signalbox plan ENV`");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    WriteIndented = true,
    NewLine = "\n",
    Converters =
    [
        typeof(ValueListConverter<ChangedResource>),
        typeof(ValueListConverter<ChangedOutput>),
        typeof(ValueListConverter<AttributeChange>),
        typeof(ValueListConverter<Finding>),
        typeof(ValueListConverter<string>),
        typeof(LowerCaseWords<Severity>),
        typeof(LowerCaseWords<Judgement>),
    ])]
[JsonSerializable(typeof(ReviewedPlan))]
[JsonSerializable(typeof(ChangedResource))]
[JsonSerializable(typeof(ChangedOutput))]
[JsonSerializable(typeof(AttributeChange))]
[JsonSerializable(typeof(Finding))]
[JsonSerializable(typeof(string))]
internal sealed partial class PlanSummaryContext : JsonSerializerContext;

/// <summary>Writes an enumeration as the words that text and documentation use.</summary>
internal sealed class LowerCaseWords<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower)
    where T : struct, Enum;
