using System.Globalization;
using CsCheck;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Parking.Schedules;
using Xunit;

namespace Signalbox.Tests.Delivery.Parking;

public sealed class ParkingScheduleTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private static readonly ParkingSchedule OfficeHours = new()
    {
        Zone = London,
        Awake = [.. Enumerable.Range((int)DayOfWeek.Monday, 5).Select(day => new AwakeWindow((DayOfWeek)day, 8 * 60, 20 * 60))],
        Holidays = [new DateOnly(2026, 12, 25)],
    };

    [Theory]
    [InlineData("2026-11-24T08:00Z", ParkState.Unparked)]
    [InlineData("2026-11-24T07:59:59Z", ParkState.Parked)]
    [InlineData("2026-11-24T19:59:59Z", ParkState.Unparked)]
    [InlineData("2026-11-24T20:00Z", ParkState.Parked)]
    [InlineData("2026-11-28T12:00Z", ParkState.Parked)] // a Saturday
    [InlineData("2026-12-25T12:00Z", ParkState.Parked)] // a holiday
    [InlineData("2026-07-01T07:00Z", ParkState.Unparked)] // eight o'clock in summer
    [InlineData("2026-07-01T19:00Z", ParkState.Parked)]
    public void A_window_is_read_on_the_zone_s_clock(string now, ParkState expected) =>
        Assert.Equal(expected, OfficeHours.StateAt(At(now)));

    [Theory]
    [InlineData("2026-11-24T12:00Z", "2026-11-24T20:00Z")]
    [InlineData("2026-11-27T21:00Z", "2026-11-30T08:00Z")]
    [InlineData("2026-12-24T21:00Z", "2026-12-28T08:00Z")] // over Christmas and a weekend
    [InlineData("2026-03-27T21:00Z", "2026-03-30T07:00Z")] // the clock went forward in between
    [InlineData("2026-10-23T20:00Z", "2026-10-26T08:00Z")] // and back
    public void The_next_change_is_found(string now, string expected) =>
        Assert.Equal(At(expected), OfficeHours.NextChange(At(now)));

    /// <summary>On 29 March 2026 London's clock jumps from 01:00 to 02:00, at 01:00 UTC.</summary>
    [Theory]
    [InlineData("00:30", "03:00", "2026-03-29T00:30Z", "2026-03-29T02:00Z")]
    [InlineData("01:30", "03:00", "2026-03-29T01:00Z", "2026-03-29T02:00Z")]
    [InlineData("00:30", "01:30", "2026-03-29T00:30Z", "2026-03-29T01:00Z")]
    public void In_spring_a_time_that_the_clock_jumps_over_is_the_jump(string from, string to, string begins, string ends) =>
        AssertWindow(DayOfWeek.Sunday, from, to, begins, ends);

    /// <summary>On 25 October 2026 London's clock shows 01:00 to 02:00 twice: from 00:00 and from 01:00 UTC.</summary>
    [Theory]
    [InlineData("00:30", "01:30", "2026-10-24T23:30Z", "2026-10-25T01:30Z")]
    [InlineData("01:30", "03:00", "2026-10-25T00:30Z", "2026-10-25T03:00Z")]
    [InlineData("01:15", "01:45", "2026-10-25T00:15Z", "2026-10-25T01:45Z")]
    public void In_autumn_the_hour_that_comes_twice_is_one_window(string from, string to, string begins, string ends) =>
        AssertWindow(DayOfWeek.Sunday, from, to, begins, ends);

    [Fact]
    public void A_window_over_midnight_belongs_to_the_day_it_begins()
    {
        var nights = OfficeHours with { Awake = [new AwakeWindow(DayOfWeek.Thursday, 22 * 60, 26 * 60)], Holidays = [new DateOnly(2026, 12, 24)] };

        Assert.Equal(ParkState.Unparked, nights.StateAt(At("2026-11-27T01:59Z")));
        Assert.Equal(ParkState.Parked, nights.StateAt(At("2026-11-27T02:00Z")));
        Assert.Equal(ParkState.Parked, nights.StateAt(At("2026-12-25T01:00Z")));
    }

    [Fact]
    public void It_is_kept_awake_until_the_file_says()
    {
        var kept = OfficeHours with { KeepAwakeUntil = new DateTime(2026, 11, 24, 23, 0, 0) };

        Assert.Equal(ParkState.Unparked, kept.StateAt(At("2026-11-24T22:59Z")));
        Assert.Equal(At("2026-11-24T23:00Z"), kept.NextChange(At("2026-11-24T19:00Z")));
    }

    [Fact]
    public void A_week_of_office_hours_is_parked_for_108_of_168_hours() =>
        Assert.Equal(108m / 168m, OfficeHours.ParkedShare);

    [Fact]
    public void A_schedule_is_due_until_somebody_keeps_it_awake()
    {
        var night = At("2026-11-24T22:00Z");

        Assert.True(DueMovement.Of(ParkState.Parked, OfficeHours, keptAwake: null, night).IsDue);
        Assert.False(DueMovement.Of(ParkState.Unparked, OfficeHours, keptAwake: null, night).IsDue);
        var kept = DueMovement.Of(ParkState.Parked, OfficeHours, new KeepAwake(night.AddHours(1), "ada"), night);
        Assert.False(kept.IsDue);
        Assert.Contains("ada keeps it awake until 2026-11-24 23:00Z", kept.Reason, StringComparison.Ordinal);
        Assert.True(DueMovement.Of(ParkState.Parked, OfficeHours, new KeepAwake(night, "ada"), night).IsDue);
    }

    [Fact]
    public void Windows_overlap_when_some_minute_is_in_both() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 1439], Gen.Int[1, 1440]).Select(Gen.Select(Gen.Int[0, 6], Gen.Int[0, 1439], Gen.Int[1, 1440])).Sample((one, other) =>
        {
            var (first, second) = (new AwakeWindow((DayOfWeek)one.Item1, one.Item2, one.Item2 + one.Item3), new AwakeWindow((DayOfWeek)other.Item1, other.Item2, other.Item2 + other.Item3));

            return first.Overlaps(second) == Minutes(first).Intersect(Minutes(second)).Any() && first.Overlaps(second) == second.Overlaps(first);
        });

    [Fact]
    public void Nothing_changes_between_now_and_the_next_change() =>
        Gen.Select(Gen.Int[0, 600_000], Gen.Double[0, 1]).Sample((minutes, part) =>
        {
            var now = At("2026-01-01T00:00Z").AddMinutes(minutes);
            var next = OfficeHours.NextChange(now)!.Value;

            return OfficeHours.StateAt(next) != OfficeHours.StateAt(now) && OfficeHours.StateAt(now + ((next - now) * part * 0.999)) == OfficeHours.StateAt(now);
        });

    private static void AssertWindow(DayOfWeek day, string from, string to, string begins, string ends)
    {
        var schedule = OfficeHours with { Awake = [new AwakeWindow(day, Minute(from), Minute(to))], Holidays = [] };
        var moment = TimeSpan.FromSeconds(1);

        Assert.Equal(ParkState.Parked, schedule.StateAt(At(begins) - moment));
        Assert.Equal(ParkState.Unparked, schedule.StateAt(At(begins)));
        Assert.Equal(ParkState.Unparked, schedule.StateAt(At(ends) - moment));
        Assert.Equal(ParkState.Parked, schedule.StateAt(At(ends)));
        Assert.Equal(At(ends), schedule.NextChange(At(begins)));
    }

    private static IEnumerable<int> Minutes(AwakeWindow window) =>
        Enumerable.Range(((int)window.Day * 1440) + window.From, window.To - window.From).Select(minute => minute % (7 * 1440));

    private static int Minute(string clock) => (int)TimeSpan.Parse(clock, CultureInfo.InvariantCulture).TotalMinutes;

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
