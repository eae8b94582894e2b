using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Approvals;

/// <summary>Why an approval does not count, or is not asked for now.</summary>
public static class ApprovalRules
{
    public static readonly Rule BadSignature = new("SB3460", Severity.Warning, "A signature does not count");
    public static readonly Rule HasExpired = new("SB3461", Severity.Warning, "An approval has expired");
    public static readonly Rule ByTheAuthor = new("SB3462", Severity.Warning, "The plan's author may not approve it");
    public static readonly Rule TooWeak = new("SB3463", Severity.Warning, "An approval is too weak for this plan");
    public static readonly Rule NoSigners = new("SB3464", Severity.Warning, "No file says who may sign");
    public static readonly Rule Frozen = new("SB3465", Severity.Error, "Nothing is applied at this time");
    public static readonly Rule Replayed = new("SB3466", Severity.Warning, "A signature was used twice");
    public static readonly Rule CarriedOver = new("SB3467", Severity.Note, "A signature is carried over from an earlier plan");
}
