namespace Signalbox.Delivery.Verification;

/// <summary>Decides when enough was seen of one endpoint. Pure: each sight makes the next state.</summary>
public sealed record Settling
{
    private readonly VerificationSettings _settings;
    private readonly int _successes;
    private readonly int _failures;

    /// <summary>The newest failure of the current row that was the endpoint's own.</summary>
    private readonly Sight.Wrong? _wrong;

    private Settling(VerificationSettings settings, int successes, int failures, Sight.Wrong? wrong, Sight latest) =>
        (_settings, _successes, _failures, _wrong, Latest) = (settings, successes, failures, wrong, latest);

    /// <summary>Before the first probe.</summary>
    public static Settling Of(VerificationSettings settings) => new(settings, 0, 0, wrong: null, new Sight.Unseen("it was not probed before the deadline"));

    public Sight Latest { get; }

    public bool IsSettled => _successes >= _settings.Successes || _failures >= _settings.Failures;

    /// <summary>How long to wait for the next probe: after failures each time twice as long.</summary>
    public TimeSpan Wait
    {
        get
        {
            var doubled = _settings.Interval * Math.Pow(2, Math.Min(Math.Max(0, _failures - 1), 16));
            return doubled < VerificationSettings.LongestInterval ? doubled : VerificationSettings.LongestInterval;
        }
    }

    public Settling After(Sight seen) => seen switch
    {
        Sight.AsExpected => new Settling(_settings, _successes + 1, 0, wrong: null, seen),
        Sight.Wrong wrong => new Settling(_settings, 0, _failures + 1, wrong, seen),
        _ => new Settling(_settings, 0, _failures + 1, _wrong, seen),
    };

    /// <summary>
    /// What holds when no more is seen, settled or out of time. A row of failures in which the endpoint itself was seen
    /// to fail speaks of the endpoint, though this machine could not look at other times.
    /// </summary>
    public Sight Conclusion => Latest switch
    {
        Sight.Unseen when _wrong is not null => _wrong,
        Sight.AsExpected when _successes < _settings.Successes =>
            new Sight.Unseen($"it was as expected {_successes} times in a row before the deadline, {_settings.Successes} are asked for"),
        var seen => seen,
    };
}
