using Signalbox.Delivery.Guard;

namespace Signalbox.Delivery.Plans;

/// <summary>What a sealed plan keeps of its reading, for those who review it and for the apply.</summary>
public static class PlanReview
{
    public static ReadOnlyMemory<byte> ToJson(PlanReading reading) { _ = reading; return default; }

    internal static string? ParkIntent(PlanReading reading, string output) { _ = reading; _ = output; return null; }

    /// <summary>The strongest judgement's word, or `clear`.</summary>
    public static string Verdict(IReadOnlyCollection<Finding> findings) =>
        findings.Count == 0 ? "clear" : Word(findings.Max(finding => finding.Judgement));

    internal static ManifestFinding ForManifest(Finding finding) =>
        new(finding.Rule.Code, Word(finding.Judgement), finding.Address, finding.Message, finding.Hint);

    private static string Word(Judgement judgement) => judgement switch
    {
        Judgement.Note => "note",
        Judgement.Hold => "hold",
        Judgement.Deny => "deny",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
