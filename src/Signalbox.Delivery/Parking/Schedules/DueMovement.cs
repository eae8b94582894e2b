namespace Signalbox.Delivery.Parking.Schedules;

/// <summary>Whether a schedule calls for a movement now. It is asked again and again, so it looks at what is, not at what just happened.</summary>
/// <param name="IsDue">Whether the movement shall be made.</param>
/// <param name="Reason">Why, or why not, in words.</param>
public sealed record DueMovement(bool IsDue, string Reason)
{
    /// <param name="to">Where the asked movement leads.</param>
    /// <param name="keptAwake">The newest word on that.</param>
    public static DueMovement Of(ParkState to, ParkingSchedule schedule, KeepAwake? keptAwake, DateTimeOffset now)
    {
        var wanted = schedule.StateAt(now);
        if (wanted != to)
            return new DueMovement(false, $"the schedule wants it {wanted.Word()} now{Until(schedule, now)}");
        return to == ParkState.Parked && keptAwake is { } kept && kept.Until > now
            ? new DueMovement(false, $"{kept.By} keeps it awake until {Stamp(kept.Until)}")
            : new DueMovement(true, $"the schedule wants it {wanted.Word()} now");
    }

    private static string Until(ParkingSchedule schedule, DateTimeOffset now) => schedule.NextChange(now) is { } next ? $", until {Stamp(next)}" : "";

    private static string Stamp(DateTimeOffset time) => $"{time.ToUniversalTime():yyyy-MM-dd HH:mm}Z";
}
