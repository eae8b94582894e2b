using System.Diagnostics;

namespace Signalbox.Delivery.Guard;

public static class GuardVerdict
{
    /// <summary>The strongest judgement of all findings; null when there is nothing to say.</summary>
    public static Judgement? Verdict(this IEnumerable<Finding> findings) =>
        findings.Select(finding => (Judgement?)finding.Judgement).Max();

    /// <summary>The word that reports, the manifest and SARIF properties use.</summary>
    public static string Word(this Judgement judgement) => judgement switch
    {
        Judgement.Note => "note",
        Judgement.Hold => "hold",
        Judgement.Deny => "deny",
        _ => throw new UnreachableException(),
    };
}
