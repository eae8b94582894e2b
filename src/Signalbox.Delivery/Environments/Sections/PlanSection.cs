namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`plan`: how sealed plans of the environment live.</summary>
internal static class PlanSection
{
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(30);

    public static SectionShape Shape { get; } = new([new("expires_after")]);

    public static TimeSpan DefaultLifetime { get; } = TimeSpan.FromHours(24);

    /// <summary>How long a plan may be applied.</summary>
    public static TimeSpan Read(Setting setting) =>
        setting.Open(Shape)?.Find("expires_after") is { } expiry && DurationSetting.Read(expiry, LongestLifetime) is { } lifetime
            ? lifetime
            : DefaultLifetime;
}
