namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`approval`: whether a person must say yes to a plan.</summary>
internal static class ApprovalSection
{
    public static SectionShape Shape { get; } = new([new("required")]);

    /// <summary>Whether approval is required; it is unless the file clearly says otherwise.</summary>
    public static bool Read(Setting setting) => setting.Open(Shape)?.Find("required")?.Flag() ?? true;
}
