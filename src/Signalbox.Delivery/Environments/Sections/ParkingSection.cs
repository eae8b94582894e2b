namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`parking`: how the root module speaks of being parked.</summary>
internal static class ParkingSection
{
    public static SectionShape Shape { get; } = new([new("variable"), new("output")]);

    public static ParkingNames Read(Setting setting)
    {
        if (setting.Open(Shape) is not { } section)
            return ParkingNames.Default;
        return new ParkingNames(
            Name(section.Find("variable")) ?? ParkingNames.Default.Variable,
            Name(section.Find("output")) ?? ParkingNames.Default.Output);
    }

    private static string? Name(Setting? setting) => setting is null ? null : TerraformNames.Identifier(setting);
}
