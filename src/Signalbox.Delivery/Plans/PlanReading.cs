using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Parking;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>Everything that one look at a plan's JSON yields.</summary>
public sealed record PlanReading
{
    public required PlanSummary Summary { get; init; }

    /// <summary>What the guard says, the strongest first.</summary>
    public required ValueList<Finding> Findings { get; init; }

    /// <summary>Each value the plan marks as sensitive. Give them to whatever hides secrets in output; never show or store them.</summary>
    public required ValueList<string> SensitiveValues { get; init; }

    /// <summary>The images that what is created or changed would run.</summary>
    public ValueList<PlannedImage> Images { get; init; } = [];

    /// <summary>The image repositories that are first made by this plan.</summary>
    public ValueList<string> NewRepositories { get; init; } = [];

    /// <summary>Every root output, changed or not.</summary>
    public required ValueList<PlannedOutput> Outputs { get; init; }

    /// <summary>What each change means, every value counted; in the order of their names.</summary>
    public ValueList<ChangeFingerprint> Fingerprints { get; init; } = [];

    /// <summary>Terraform itself says that there is something to apply.</summary>
    public required bool Applyable { get; init; }

    /// <summary>What a park or an unpark changes; null for an ordinary plan.</summary>
    public MovementRecord? Movement { get; init; }

    public string TerraformVersion => Summary.TerraformVersion;

    public bool HasChanges => Summary.HasChanges;

    /// <summary>A record prints its members, and this one holds secrets.</summary>
    public override string ToString() => $"{nameof(PlanReading)} of {Summary.Changes.Count} changes";
}

/// <param name="Before">Its value as JSON text; null when there is none, or it is sensitive.</param>
/// <param name="After">The same after the apply; null also when it is not yet known.</param>
public sealed record PlannedOutput(string Name, PlannedAction Action, string? Before, string? After);

/// <param name="Address">The resource that names it.</param>
/// <param name="Reference">As it is written, such as `host/repository:tag`.</param>
public sealed record PlannedImage(string Address, string Reference);
