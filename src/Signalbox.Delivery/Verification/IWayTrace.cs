using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>Somebody who knows the wiring behind an endpoint, and not only what it answers: the sandbox's edge.</summary>
public interface IWayTrace
{
    /// <returns>Null when the wiring is not known.</returns>
    Task<TracedWay?> Trace(Uri url, CancellationToken cancellation);
}

/// <param name="BrokenAt">Null when the wiring is whole.</param>
/// <param name="Why">What is wrong there.</param>
/// <param name="Resources">The Terraform resource to mend at each hop that was reached.</param>
public sealed record TracedWay(Hop? BrokenAt, string? Why, ValueList<HopResource> Resources)
{
    /// <summary>The failure with what the wiring shows: outside, a wrong origin and a dead listener look alike.</summary>
    public HopFailure Explain(HopFailure seen)
    {
        if (BrokenAt is not { } hop)
            return seen with { Resource = ResourceOf(seen.Hop) ?? seen.Resource };
        return new HopFailure(hop, Why is null ? seen.Message : $"{seen.Message}: {Why}", ResourceOf(hop) ?? (hop == seen.Hop ? seen.Resource : null));
    }

    private string? ResourceOf(Hop hop) => Resources.FirstOrDefault(resource => resource.Hop == hop)?.Address;
}
