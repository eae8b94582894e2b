using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Recovery;

/// <summary>What keeps an apply that was cut short from being recovered.</summary>
public static class RecoveryRules
{
    public static readonly Rule StillRunning = new("SB3511", Severity.Error, "Terraform is still at it");
    public static readonly Rule OthersLock = new("SB3512", Severity.Error, "The state's lock belongs to somebody else");
    public static readonly Rule NoJournal = new("SB3513", Severity.Warning, "What the apply did is not known here");
    public static readonly Rule StateWasLeft = new("SB3514", Severity.Warning, "A state waits to be stored");
    public static readonly Rule AccountNotAsked = new("SB3515", Severity.Warning, "The account could not be asked");
}
