using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Parking.Schedules;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`parking`: how the root module speaks of being parked, what that may change, and when it happens.</summary>
internal static class ParkingSection
{
    public static SectionShape Shape { get; } = new(
    [
        new("variable"),
        new("output"),
        new("approval_required"),
        new("allow", ParkableSection.Shape),
        new("schedule", ScheduleSection.Shape),
    ]);

    public static DeclaredParking Read(Setting setting)
    {
        if (setting.Open(Shape) is not { } section)
            return DeclaredParking.Default;
        return new DeclaredParking(
            new ParkingNames(
                Name(section.Find("variable")) ?? ParkingNames.Default.Variable,
                Name(section.Find("output")) ?? ParkingNames.Default.Output),
            section.Find("allow") is { } allow ? ParkableChanges.Default.With(ParkableSection.Read(allow)) : ParkableChanges.Default,
            section.Find("approval_required")?.Flag() ?? false,
            section.Find("schedule") is { } schedule ? ScheduleSection.Read(schedule) : null);
    }

    private static string? Name(Setting? setting) => setting is null ? null : TerraformNames.Identifier(setting);
}

/// <summary>What the section says.</summary>
internal sealed record DeclaredParking(ParkingNames Names, ParkableChanges Parkable, bool ApprovalRequired, ParkingSchedule? Schedule)
{
    public static DeclaredParking Default { get; } = new(ParkingNames.Default, ParkableChanges.Default, ApprovalRequired: false, Schedule: null);
}
