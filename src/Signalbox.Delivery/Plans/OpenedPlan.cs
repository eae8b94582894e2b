namespace Signalbox.Delivery.Plans;

/// <summary>A sealed plan whose seal was checked. Only <see cref="SealedPlan.Open"/> makes one, so its manifest can be believed.</summary>
public sealed record OpenedPlan
{
    private OpenedPlan(PlanDigest digest, PlanManifest manifest, PlanContents contents) =>
        (Digest, Manifest, Contents) = (digest, manifest, contents);

    public PlanDigest Digest { get; }

    public PlanManifest Manifest { get; }

    public PlanContents Contents { get; }

    internal static OpenedPlan Of(SealedPlan plan, PlanContents contents) => new(plan.Digest, plan.UntrustedManifest, contents);
}
