namespace Signalbox.Cli;

/// <summary>Elapsed time for people: `8s`, `2m05s`, `1h00m`.</summary>
internal static class Duration
{
    public static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{(int)time.TotalSeconds}s",
        { TotalMinutes: < 60 } => $"{time.Minutes}m{time.Seconds:00}s",
        _ => $"{(int)time.TotalHours}h{time.Minutes:00}m",
    };
}
