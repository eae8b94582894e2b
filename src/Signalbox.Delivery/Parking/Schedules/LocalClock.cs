namespace Signalbox.Delivery.Parking.Schedules;

/// <summary>
/// A zone's clock on the wall. Twice a year it shows an hour that is none: in spring it jumps over one, in autumn it
/// shows one twice.
/// </summary>
internal static class LocalClock
{
    /// <summary>The first moment at which the clock shows this time or, when it jumps over it, a later one.</summary>
    public static DateTimeOffset First(TimeZoneInfo zone, DateTime local) => Moments(zone, local).First;

    /// <summary>The last moment at which the clock comes to show this time.</summary>
    public static DateTimeOffset Last(TimeZoneInfo zone, DateTime local) => Moments(zone, local).Last;

    private static (DateTimeOffset First, DateTimeOffset Last) Moments(TimeZoneInfo zone, DateTime local)
    {
        if (zone.IsInvalidTime(local))
        {
            // Read with the offset from before the jump it lies after the jump, by as much as the jump was overshot.
            var overshot = local;
            while (zone.IsInvalidTime(overshot.AddMinutes(-1)))
                overshot = overshot.AddMinutes(-1);
            var jump = new DateTimeOffset(overshot, zone.GetUtcOffset(overshot.AddMinutes(-1)));
            return (jump, jump);
        }

        if (!zone.IsAmbiguousTime(local))
        {
            var only = new DateTimeOffset(local, zone.GetUtcOffset(local));
            return (only, only);
        }

        var offsets = zone.GetAmbiguousTimeOffsets(local);
        return (new DateTimeOffset(local, offsets.Max()), new DateTimeOffset(local, offsets.Min()));
    }
}
