using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>A whole number and its unit: `30m`, `24h`, `7d`; where a moment matters also `500ms` and `10s`.</summary>
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

    /// <summary>As <see cref="Read"/>, for what is counted in seconds.</summary>
    public static TimeSpan? ReadShort(Setting setting, TimeSpan shortest, TimeSpan longest)
    {
        if (setting.Text() is not { } text)
            return null;
        if (ShortDuration.Parse(text) is not { } duration)
        {
            setting.Report(NotADuration, $"{Culprit.Quote(text)} is not a duration", "write a whole number and `ms`, `s` or `m`, as in `500ms`, `10s` or `2m`");
            return null;
        }

        if (duration >= shortest && duration <= longest)
            return duration;
        setting.Report(OutOfRange, $"{Culprit.Quote(setting.Address)} cannot be {Culprit.Quote(text)}", $"choose from `{shortest.TotalMilliseconds}ms` to `{longest.TotalSeconds}s`");
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
