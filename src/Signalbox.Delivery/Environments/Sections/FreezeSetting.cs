using Signalbox.Delivery.Approvals;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>One item of `approval.freeze`: `{ from: Fri 16:00, until: Mon 08:00, zone: Europe/London }`.</summary>
internal static class FreezeSetting
{
    private static readonly Rule UnknownZone = new("SB3473", Severity.Error, "A time zone is not known");
    private static readonly Rule NoZones = new("SB3474", Severity.Error, "This machine knows no time zones");
    private static readonly Rule BadWindow = new("SB3475", Severity.Error, "A freeze is not understood");

    private static readonly SectionShape Shape = new([new("from"), new("until"), new("zone")]);

    public static FreezeWindow? Read(Setting setting)
    {
        if (setting.Open(Shape) is not { } section)
            return null;
        var from = section.Require("from", "add when it begins, as in `from: Fri 16:00`")?.Text();
        var until = section.Require("until", "add when it ends, as in `until: Mon 08:00`")?.Text();
        if ((section.Find("zone") is { } named ? Zone(named) : TimeZoneInfo.Utc) is not { } zone || from is null || until is null)
            return null;
        if (FreezeWindow.Parse(from, until, zone) is { } window)
            return window;
        setting.Report(BadWindow, $"there is no time from {Culprit.Quote(from)} to {Culprit.Quote(until)}", "write two times of the week, as in `Fri 16:00`, or two dates that follow each other, as in `2026-12-20 18:00`");
        return null;
    }

    private static TimeZoneInfo? Zone(Setting setting)
    {
        if (setting.Text() is not { } text)
            return null;
        if (text == "UTC")
            return TimeZoneInfo.Utc;
        // Windows' own names would work on one machine and not on another.
        if (text.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone))
            return zone;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out _))
            setting.Report(NoZones, $"{Culprit.Quote(text)} cannot be looked up: the time zone database is not installed", "install it (`apt-get install tzdata`), or write the times in `UTC`");
        else
            setting.Report(UnknownZone, $"{Culprit.Quote(text)} is no time zone", "write an IANA name, as in `Europe/London`");
        return null;
    }
}
