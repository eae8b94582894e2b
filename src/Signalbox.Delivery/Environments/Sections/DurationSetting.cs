using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>A whole number and its unit: `30m`, `24h`, `7d`.</summary>
internal static class DurationSetting
{
    private const int MostDigits = 6;

    private static readonly Rule NotADuration = new("SB3022", Severity.Error, "A duration is not understood");
    private static readonly Rule OutOfRange = new("SB3023", Severity.Error, "A duration is too short or too long");

    public static TimeSpan? Read(Setting setting, TimeSpan longest)
    {
        if (setting.Text() is not { } text)
            return null;
        if (Parse(text) is not { } duration)
        {
            setting.Report(NotADuration, $"{Culprit.Quote(text)} is not a duration", "write a whole number and `m`, `h` or `d`, as in `30m`, `24h` or `7d`");
            return null;
        }

        if (duration > TimeSpan.Zero && duration <= longest)
            return duration;
        setting.Report(OutOfRange, $"{Culprit.Quote(setting.Address)} cannot be {Culprit.Quote(text)}", $"choose from `1m` to `{longest.TotalDays}d`");
        return null;
    }

    private static TimeSpan? Parse(string text)
    {
        if (text.Length is < 2 or > MostDigits + 1 || !text[..^1].All(char.IsAsciiDigit))
            return null;
        var count = int.Parse(text[..^1]);
        return text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
    }
}
