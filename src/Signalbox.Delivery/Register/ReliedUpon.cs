using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>An apply, and what had been said of its plan, or of one that means the same, when it began.</summary>
/// <param name="Names">Who it says had approved it.</param>
public sealed record ReliedUpon(RegisterEntry Applying, ValueList<string> Names, ValueList<RegisterEntry> Approvals)
{
    /// <summary>Where the signers stood whom the apply believed, as git names it; null when it says nothing of it.</summary>
    public string? Signers => Applying.Note.Facts.FirstOrDefault(fact => fact.Name == DeliveryRules.SignersFact)?.Value;
}
