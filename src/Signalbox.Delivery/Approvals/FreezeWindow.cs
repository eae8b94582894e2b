using System.Globalization;

namespace Signalbox.Delivery.Approvals;

/// <summary>A time in which nothing is applied without breaking glass: once, or every week.</summary>
public abstract record FreezeWindow
{
    private const string DateFormat = "yyyy-MM-dd HH:mm";

    private FreezeWindow(TimeZoneInfo zone) => Zone = zone;

    public TimeZoneInfo Zone { get; }

    /// <summary>From one local time to another, the end not included.</summary>
    public sealed record Once(DateTime From, DateTime Until, TimeZoneInfo Zone) : FreezeWindow(Zone)
    {
        public override bool Holds(DateTimeOffset now) => Local(now) is var local && local >= From && local < Until;

        public override string ToString() => $"{From.ToString(DateFormat, CultureInfo.InvariantCulture)} to {Until.ToString(DateFormat, CultureInfo.InvariantCulture)} ({Zone.Id})";
    }

    /// <summary>Every week from one day and time to another; it may pass the end of the week.</summary>
    public sealed record Weekly(WeekTime From, WeekTime Until, TimeZoneInfo Zone) : FreezeWindow(Zone)
    {
        public override bool Holds(DateTimeOffset now)
        {
            var at = WeekTime.Of(Local(now)).Minutes;
            return From.Minutes <= Until.Minutes ? at >= From.Minutes && at < Until.Minutes : at >= From.Minutes || at < Until.Minutes;
        }

        public override string ToString() => $"{From} to {Until} every week ({Zone.Id})";
    }

    public abstract bool Holds(DateTimeOffset now);

    /// <returns>Null when the two are not both dates with times, or both days of the week with times, or do not follow each other.</returns>
    public static FreezeWindow? Parse(string from, string until, TimeZoneInfo zone)
    {
        if (WeekTime.Parse(from) is { } weeklyFrom && WeekTime.Parse(until) is { } weeklyUntil)
            return weeklyFrom == weeklyUntil ? null : new Weekly(weeklyFrom, weeklyUntil, zone);
        return Date(from) is { } first && Date(until) is { } last && first < last ? new Once(first, last, zone) : null;
    }

    private static DateTime? Date(string text) =>
        DateTime.TryParseExact(text, ["yyyy-MM-dd", DateFormat], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private DateTime Local(DateTimeOffset now) => TimeZoneInfo.ConvertTime(now, Zone).DateTime;
}

/// <summary>A time of the week, such as `Fri 16:00`.</summary>
public sealed record WeekTime
{
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    private WeekTime(int minutes) => Minutes = minutes;

    /// <summary>Since the beginning of Sunday.</summary>
    public int Minutes { get; }

    public static WeekTime Of(DateTime local) => new(((int)local.DayOfWeek * 24 * 60) + (local.Hour * 60) + local.Minute);

    public static WeekTime? Parse(string text) =>
        text.Split(' ') is [var day, var time] && Array.IndexOf(Days, day) is var index and >= 0
        && TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? new WeekTime((index * 24 * 60) + (at.Hour * 60) + at.Minute)
            : null;

    public override string ToString() => $"{Days[Minutes / (24 * 60)]} {Minutes / 60 % 24:00}:{Minutes % 60:00}";
}
