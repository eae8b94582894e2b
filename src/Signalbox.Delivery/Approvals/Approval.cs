using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Approvals;

/// <summary>A person's word on one sealed plan's digest.</summary>
/// <param name="Approver">Several names where the policy asks for several people.</param>
public sealed record Approval(PlanDigest Digest, string Approver, DateTimeOffset At, ApprovalStrength Strength = ApprovalStrength.Login)
{
    /// <summary>The register has it already.</summary>
    public bool IsKept { get; init; }

    /// <summary>Which file of signers its signatures were checked against, as git names it: `COMMIT:PATH`; null when none was.</summary>
    public string? Signers { get; init; }

    /// <summary>The earlier plans, of the same meaning, that were signed instead of this one.</summary>
    public ValueList<PlanDigest> CarriedFrom { get; init; } = [];

    /// <summary>Two people set the policy aside for this one plan.</summary>
    public bool BreaksGlass { get; init; }
}
