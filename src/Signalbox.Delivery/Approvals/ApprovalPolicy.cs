using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Approvals;

/// <summary>Who must say yes to a plan of an environment, and how.</summary>
public sealed record ApprovalPolicy
{
    public bool Required { get; init; } = true;

    /// <summary>How many different people.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The least that counts; in a real account never less than a hold (ADR 0012).</summary>
    public ApprovalStrength Strength { get; init; } = ApprovalStrength.Login;

    /// <summary>Findings that need more than the rest, by code.</summary>
    public ValueList<FindingStrength> Findings { get; init; } = [];

    /// <summary>Who may sign, in the format of ssh-keygen(1), ALLOWED SIGNERS.</summary>
    public RepositoryPath? AllowedSigners { get; init; }

    /// <summary>The branch whose file of signers counts; null leaves it to what git knows as the default branch.</summary>
    public string? Base { get; init; }

    public bool AuthorMayApprove { get; init; }

    /// <summary>How long a signature counts.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Signatures on an earlier plan count for a later one that means exactly the same (`signalbox plan --like`).</summary>
    public bool CarryOver { get; init; }

    public ValueList<FreezeWindow> Freezes { get; init; } = [];

    /// <summary>The plans whose signatures count for this one: itself, and those that it was found to mean the same as.</summary>
    public IReadOnlySet<PlanDigest> ApprovedAs(OpenedPlan plan) =>
        (CarryOver ? plan.Manifest.SamePlans : []).Append(plan.Digest).ToHashSet();

    /// <summary>The least strength for a plan with these findings in this target.</summary>
    public ApprovalStrength StrengthFor(Target target, IEnumerable<string> findings)
    {
        var least = target == Target.Aws && Strength < ApprovalStrength.Hold ? ApprovalStrength.Hold : Strength;
        return findings.Select(code => Findings.FirstOrDefault(finding => finding.Code == code)?.Strength ?? least).Append(least).Max();
    }
}

public sealed record FindingStrength(string Code, ApprovalStrength Strength);
