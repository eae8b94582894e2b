using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Parking.Schedules;

/// <summary>A time of a week in which an environment is not parked, on the clock of its schedule's zone.</summary>
/// <param name="Day">The day on which it begins.</param>
/// <param name="From">Minutes after midnight at which it begins, 0 to 1439.</param>
/// <param name="To">Minutes after the same midnight at which it ends; above 1440 on the next day.</param>
public sealed record AwakeWindow(DayOfWeek Day, int From, int To)
{
    internal const int MinutesOfDay = 24 * 60;
    private const int MinutesOfWeek = 7 * MinutesOfDay;

    public TimeSpan Length => TimeSpan.FromMinutes(To - From);

    /// <summary>Both hold the same minute of some week, also over its end.</summary>
    internal bool Overlaps(AwakeWindow other)
    {
        var (start, otherStart) = (((int)Day * MinutesOfDay) + From, ((int)other.Day * MinutesOfDay) + other.From);
        return Ahead(start, otherStart) < To - From || Ahead(otherStart, start) < other.To - other.From;
    }

    public override string ToString() => $"{Days.Name(Day)} {Clock(From)}-{Clock(To)}";

    /// <summary>Minutes from one minute of the week to the next time another one comes.</summary>
    private static int Ahead(int from, int to) => (to - from + MinutesOfWeek) % MinutesOfWeek;

    private static string Clock(int minutes) => minutes == MinutesOfDay ? "24:00" : $"{minutes / 60 % 24:00}:{minutes % 60:00}";
}

/// <summary>The names of days in signalbox.yml.</summary>
internal static class Days
{
    private static readonly ValueList<string> Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static string Name(DayOfWeek day) => Names[(int)day];

    /// <summary>`mon`, `mon-fri`, `sat-mon`, or several of them as in `mon-wed,fri`; null when it is none of these.</summary>
    public static IReadOnlyList<DayOfWeek>? Parse(string text)
    {
        var days = new List<DayOfWeek>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Trim().Split('-');
            if (ends.Length > 2 || IndexOf(ends[0]) is not { } first || IndexOf(ends[^1]) is not { } last)
                return null;
            for (var day = first; ; day = (day + 1) % Names.Count)
            {
                days.Add((DayOfWeek)day);
                if (day == last)
                    break;
            }
        }

        return days;
    }

    private static int? IndexOf(string name)
    {
        for (var day = 0; day < Names.Count; day++)
        {
            if (string.Equals(Names[day], name.Trim(), StringComparison.OrdinalIgnoreCase))
                return day;
        }

        return null;
    }
}
