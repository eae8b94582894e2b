using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>An apply that relied on signatures on its plan, or on one that means the same, when it began.</summary>
/// <param name="Names">Who it says had approved it; empty in registers of before that was written.</param>
/// <param name="Signatures">The signed approvals of everybody whose word was a signature and nothing else.</param>
public sealed record ReliedUpon(RegisterEntry Applying, ValueList<string> Names, ValueList<RegisterEntry> Signatures)
{
    /// <summary>Where the signers stood whom the apply believed, as git names it; null when it says nothing of it.</summary>
    public string? Signers => Applying.Note.Facts.FirstOrDefault(fact => fact.Name == DeliveryRules.SignersFact)?.Value;
}
