using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`verification`: how patiently endpoints are probed.</summary>
internal static class VerificationSection
{
    private const int MostInARow = 100;
    private const int MostAtOnce = 1000;

    private static readonly Rule BadCount = new("SB3055", Severity.Error, "A count is out of range");

    public static SectionShape Shape { get; } = new(
    [
        new("deadline"),
        new("probe_limit"),
        new("interval"),
        new("successes"),
        new("failures"),
        new("at_once"),
    ]);

    public static VerificationSettings Read(Setting setting)
    {
        var settings = new VerificationSettings();
        if (setting.Open(Shape) is not { } section)
            return settings;
        return settings with
        {
            Deadline = Time(section, "deadline", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)) ?? settings.Deadline,
            ProbeLimit = Time(section, "probe_limit", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)) ?? settings.ProbeLimit,
            Interval = Time(section, "interval", TimeSpan.FromMilliseconds(1), VerificationSettings.LongestInterval) ?? settings.Interval,
            Successes = Count(section.Find("successes"), 1, MostInARow) ?? settings.Successes,
            Failures = Count(section.Find("failures"), 1, MostInARow) ?? settings.Failures,
            AtOnce = Count(section.Find("at_once"), 1, MostAtOnce) ?? settings.AtOnce,
        };
    }

    public static int? Count(Setting? setting, int least, int most)
    {
        if (setting?.Text() is not { } text)
            return null;
        if (int.TryParse(text, out var count) && count >= least && count <= most)
            return count;
        setting.Report(BadCount, $"{Culprit.Quote(setting.Address)} cannot be {Culprit.Quote(text)}", $"write a whole number from {least} to {most}");
        return null;
    }

    private static TimeSpan? Time(Section section, string key, TimeSpan shortest, TimeSpan longest) =>
        section.Find(key) is { } setting ? DurationSetting.ReadShort(setting, shortest, longest) : null;
}
