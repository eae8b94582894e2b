namespace Signalbox.Delivery.Verification;

/// <summary>How patiently endpoints are probed.</summary>
public sealed record VerificationSettings
{
    /// <summary>All endpoints are settled by then.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>One probe, from the name to the end of the last answer.</summary>
    public TimeSpan ProbeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The first wait after a probe; it doubles with every further failure.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    public static TimeSpan LongestInterval { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Probes in a row that must be as expected.</summary>
    public int Successes { get; init; } = 1;

    /// <summary>Probes in a row that must not be as expected before an endpoint is called broken.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>Endpoints that are probed at the same moment.</summary>
    public int AtOnce { get; init; } = 64;
}
