using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Parking.Schedules;

/// <summary>When an environment shall be parked: always, except in its windows.</summary>
public sealed record ParkingSchedule
{
    /// <summary>How far ahead a change is looked for.</summary>
    private const int DaysAhead = 400;

    private const int HoursOfWeek = 7 * 24;

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>None of them overlaps another.</summary>
    public required ValueList<AwakeWindow> Awake { get; init; }

    /// <summary>On these days no window begins.</summary>
    public ValueList<DateOnly> Holidays { get; init; } = [];

    /// <summary>Before this time on the zone's clock it is not parked.</summary>
    public DateTime? KeepAwakeUntil { get; init; }

    /// <summary>The part of an ordinary week that is parked, from 0 to 1.</summary>
    public decimal ParkedShare => 1 - ((decimal)Awake.Sum(window => window.Length.TotalHours) / HoursOfWeek);

    /// <summary>What is wanted at a moment.</summary>
    public ParkState StateAt(DateTimeOffset now)
    {
        if (KeepAwakeUntil is { } until && now < LocalClock.Last(Zone, until))
            return ParkState.Unparked;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).Date);
        return Between(today.AddDays(-1), today).Any(time => time.Begin <= now && now < time.End) ? ParkState.Unparked : ParkState.Parked;
    }

    /// <summary>The next moment at which something else is wanted; null when that is not within a year.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset now)
    {
        var state = StateAt(now);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).Date);
        return Between(today.AddDays(-1), today.AddDays(DaysAhead))
            .SelectMany(time => (DateTimeOffset[])[time.Begin, time.End])
            .Concat(KeepAwakeUntil is { } until ? [LocalClock.Last(Zone, until)] : [])
            .Where(moment => moment > now)
            .Order()
            .Select(moment => (DateTimeOffset?)moment)
            .FirstOrDefault(moment => StateAt(moment!.Value) != state);
    }

    /// <summary>
    /// The windows that begin on these days. In the hour that autumn shows twice a window begins at its first showing
    /// and ends at its last, so that nothing is parked for the hour in between.
    /// </summary>
    private IEnumerable<(DateTimeOffset Begin, DateTimeOffset End)> Between(DateOnly first, DateOnly last)
    {
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (Holidays.Contains(day))
                continue;
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            foreach (var window in Awake.Where(window => window.Day == day.DayOfWeek))
                yield return (LocalClock.First(Zone, midnight.AddMinutes(window.From)), LocalClock.Last(Zone, midnight.AddMinutes(window.To)));
        }
    }
}
