using System.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>What is said of an endpoint in the end.</summary>
public abstract record Verdict
{
    private Verdict() { }

    public sealed record Healthy : Verdict;

    /// <summary>Just before the apply this hop was as expected.</summary>
    public sealed record BrokenByThisApply(HopFailure Failure) : Verdict;

    /// <summary>Just before the apply it was broken here, or nearer.</summary>
    public sealed record AlreadyBroken(HopFailure Failure, HopFailure Before) : Verdict;

    /// <summary>Broken, and nothing shows since when: there is no baseline, or it was healthy after the apply.</summary>
    public sealed record Broken(HopFailure Failure) : Verdict;

    /// <summary>This machine could not look, so neither good nor bad can be said.</summary>
    public sealed record Inconclusive(string Why) : Verdict;

    /// <summary>The words for it; JSON joins them with underscores.</summary>
    public string Words => this switch
    {
        Healthy => "healthy",
        BrokenByThisApply => "broken by this apply",
        AlreadyBroken => "already broken",
        Broken => "broken",
        Inconclusive => "inconclusive",
        _ => throw new UnreachableException(),
    };

    public HopFailure? Failing => this switch
    {
        BrokenByThisApply broken => broken.Failure,
        AlreadyBroken broken => broken.Failure,
        Broken broken => broken.Failure,
        Healthy or Inconclusive => null,
        _ => throw new UnreachableException(),
    };

    /// <param name="before">The endpoint in the baseline; null without one.</param>
    /// <param name="now">What is seen now.</param>
    public static Verdict Of(EarlierSight? before, Sight now) => (now, before) switch
    {
        (Sight.AsExpected, _) => new Healthy(),
        (Sight.Unseen unseen, _) => new Inconclusive(unseen.Why),
        (Sight.Wrong wrong, null or { HealthySince: not null } or { Seen: Sight.Unseen }) => new Broken(wrong.Failure),
        (Sight.Wrong wrong, { Seen: Sight.AsExpected }) => new BrokenByThisApply(wrong.Failure),
        // A hop nearer than the one that was broken had been passed then.
        (Sight.Wrong wrong, { Seen: Sight.Wrong earlier }) => wrong.Failure.Hop < earlier.Failure.Hop
            ? new BrokenByThisApply(wrong.Failure)
            : new AlreadyBroken(wrong.Failure, earlier.Failure),
        _ => throw new UnreachableException(),
    };
}

/// <param name="Seen">What was seen just before an apply.</param>
/// <param name="HealthySince">When it was first seen healthy after that apply; whatever breaks later was not the apply's doing.</param>
public sealed record EarlierSight(Sight Seen, DateTimeOffset? HealthySince = null);
