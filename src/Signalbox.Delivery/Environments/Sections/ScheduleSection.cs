using System.Globalization;
using Signalbox.Delivery.Parking.Schedules;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`parking.schedule`: when the environment is parked by itself.</summary>
internal static class ScheduleSection
{
    private const string Date = "yyyy-MM-dd";
    private const string DateAndTime = "yyyy-MM-dd'T'HH:mm";

    private static readonly Rule UnknownZone = new("SB3072", Severity.Error, "There is no time zone of that name");
    private static readonly Rule BadDays = new("SB3073", Severity.Error, "Days are not understood");
    private static readonly Rule BadHours = new("SB3074", Severity.Error, "Hours are not understood");
    private static readonly Rule Overlap = new("SB3075", Severity.Error, "A schedule overlaps itself");
    private static readonly Rule BadDate = new("SB3076", Severity.Error, "A date is not understood");

    private static readonly KnownKey Awake = new("awake", SectionShape.OfNames());

    public static SectionShape Shape { get; } = new([new("zone"), Awake, new("holidays"), new("keep_awake_until")]);

    /// <returns>Null when something essential was wrong, which was reported.</returns>
    public static ParkingSchedule? Read(Setting setting)
    {
        if (setting.Open(Shape) is not { } section)
            return null;
        var zone = section.Require("zone", "add `zone:` and the IANA name, as in `zone: Europe/London`") is { } name ? Zone(name) : null;
        var windows = section.Require(Awake.Name, "add `awake:` and below it days and hours, as in `mon-fri: \"08:00-20:00\"`") is { } awake ? Windows(awake) : null;
        var holidays = section.Find("holidays") is { } days ? days.Items().Select(Holiday).OfType<DateOnly>().Distinct().ToArray() : [];
        var until = section.Find("keep_awake_until") is { } moment ? Moment(moment) : null;
        return zone is null || windows is null
            ? null
            : new ParkingSchedule { Zone = zone, Awake = [.. windows], Holidays = [.. holidays], KeepAwakeUntil = until };
    }

    private static TimeZoneInfo? Zone(Setting setting)
    {
        if (setting.Text() is not { } name)
            return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId)
            return zone;
        var nearest = NearestName.Of(name, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id));
        setting.Report(UnknownZone, $"{Culprit.Quote(name)} names no time zone of this machine", nearest is null ? "write its IANA name, as in `Europe/London`; where the machine knows none at all, install its time zone data (`tzdata`)" : $"did you mean `{nearest}`?");
        return null;
    }

    private static List<AwakeWindow>? Windows(Setting setting)
    {
        if (setting.Open(SectionShape.OfNames()) is not { } section)
            return null;
        var windows = new List<AwakeWindow>();
        foreach (var days in section.Settings)
        {
            if (Days.Parse(days.Name) is not { } on)
            {
                days.Reading.Problems.Add(BadDays.At(days.Reading.Source, days.NameSpan, $"{Culprit.Quote(days.Name)} names no days", "write `mon`, `mon-fri` or `mon-wed,fri`"));
                continue;
            }

            foreach (var hours in days.OneOrMore())
            {
                if (Hours(hours) is { } times)
                    Add(windows, hours, on, times);
            }
        }

        return windows;
    }

    private static void Add(List<AwakeWindow> windows, Setting setting, IReadOnlyList<DayOfWeek> days, (int From, int To) times)
    {
        foreach (var day in days)
        {
            var window = new AwakeWindow(day, times.From, times.To);
            if (windows.Find(window.Overlaps) is { } other)
            {
                setting.Report(Overlap, $"`{window}` overlaps `{other}`", "let one end before the other begins, or write one window for both");
                return;
            }

            windows.Add(window);
        }
    }

    /// <summary>`08:00-20:00`; what ends before it begins ends on the next day.</summary>
    private static (int From, int To)? Hours(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (text.Split('-') is [var begin, var end] && Minutes(begin) is { } from and < AwakeWindow.MinutesOfDay && Minutes(end) is { } to && from != to)
            return (from, to > from ? to : to + AwakeWindow.MinutesOfDay);
        setting.Report(BadHours, $"{Culprit.Quote(text)} is no time from and to", "write it in quotes as `\"08:00-20:00\"`; `24:00` is the end of the day");
        return null;
    }

    private static int? Minutes(string text) =>
        text.Trim() is [var h1, var h0, ':', var m1, var m0] && char.IsAsciiDigit(h1) && char.IsAsciiDigit(h0) && char.IsAsciiDigit(m1) && char.IsAsciiDigit(m0)
        && (((h1 - '0') * 10) + (h0 - '0')) is var hours && (((m1 - '0') * 10) + (m0 - '0')) is var minutes and < 60
        && (hours < 24 || (hours == 24 && minutes == 0))
            ? (hours * 60) + minutes
            : null;

    private static DateOnly? Holiday(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        setting.Report(BadDate, $"{Culprit.Quote(text)} is no date", "write it as `2026-12-25`");
        return null;
    }

    private static DateTime? Moment(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (DateTime.TryParseExact(text, DateAndTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return moment;
        setting.Report(BadDate, $"{Culprit.Quote(text)} is no date and time", "write it on the zone's clock, in quotes, as `\"2026-12-01T18:00\"`");
        return null;
    }
}
