using System.Diagnostics;

namespace Signalbox.Delivery.Approvals;

/// <summary>How sure it is that a person said yes to exactly this plan, from the weakest to the strongest.</summary>
public enum ApprovalStrength
{
    /// <summary>A name that somebody typed.</summary>
    Login,

    /// <summary>The engine says who approved the hold job of the run that made the plan.</summary>
    Hold,

    /// <summary>A signature over the plan's digest by a key that the repository names.</summary>
    Signature,
}

public static class ApprovalStrengths
{
    public static string Word(this ApprovalStrength strength) => strength switch
    {
        ApprovalStrength.Login => "login",
        ApprovalStrength.Hold => "hold",
        ApprovalStrength.Signature => "signature",
        _ => throw new UnreachableException(),
    };

    public static ApprovalStrength? Parse(string word) => word switch
    {
        "login" => ApprovalStrength.Login,
        "hold" => ApprovalStrength.Hold,
        "signature" => ApprovalStrength.Signature,
        _ => null,
    };

    /// <summary>How the register says it was known who approved.</summary>
    public static ApprovalStrength? OfEvidence(string evidence) => evidence == SignatureEvidence ? ApprovalStrength.Signature : Parse(evidence);

    public static string Evidence(this ApprovalStrength strength) => strength == ApprovalStrength.Signature ? SignatureEvidence : strength.Word();

    private const string SignatureEvidence = "ssh-signature";
}
