using Signalbox.Delivery.Guard;

namespace Signalbox.Delivery.Plans;

/// <summary>What a sealed plan keeps of its reading, for those who review it and for the apply.</summary>
public static class PlanReview
{
    public static ReadOnlyMemory<byte> ToJson(PlanReading reading) => PlanSummaryJson.Write(reading.Summary, reading.Findings);

    /// <summary>`parked` or `unparked` after the apply; null when the root module has no such output.</summary>
    internal static string? ParkIntent(PlanReading reading, string output) =>
        reading.Outputs.FirstOrDefault(candidate => candidate.Name == output)?.After switch
        {
            "true" => "parked",
            "false" => "unparked",
            _ => null,
        };

    /// <summary>The strongest judgement's word, or `clear`.</summary>
    internal static string Verdict(IEnumerable<Finding> findings) => findings.Verdict()?.Word() ?? "clear";

    internal static ManifestFinding ForManifest(Finding finding) =>
        new(finding.Rule.Code, finding.Judgement.Word(), finding.Address, finding.Message, finding.Hint);
}
