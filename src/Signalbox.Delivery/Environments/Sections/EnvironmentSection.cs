using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`environments.NAME`: one environment.</summary>
internal static class EnvironmentSection
{
    public static SectionShape Shape { get; } = new(
    [
        new("root"),
        new("targets", TargetsSection.Shape),
        new("var_files"),
        new("inputs"),
        new("plan", PlanSection.Shape),
        new("parking", ParkingSection.Shape),
        new("guard", GuardSection.Shape),
        new("approval", ApprovalSection.Shape),
        new("register"),
        new("images", ImagesSection.Shape),
        new("endpoints", EndpointsSection.Shape),
        new("verification", VerificationSection.Shape),
    ]);

    /// <summary>Reads it whole, whatever is wrong; null when it could not be read.</summary>
    /// <param name="setting">Its place in the file.</param>
    /// <param name="name">Null when the name itself is wrong, which was reported.</param>
    public static DeclaredEnvironment? Read(Setting setting, EnvironmentName? name)
    {
        if (setting.Open(Shape) is not { } section)
            return null;

        var root = section.Require("root", "add `root:` and the folder of its root module, as in `root: infra/envs/prod`") is { } folder ? PathSettings.RootFolder(folder) : null;
        var variableFiles = section.Find("var_files") is { } files ? PathSettings.VariableFiles(files, root) : [];
        var inputs = section.Find("inputs") is { } patterns ? PathSettings.Patterns(patterns) : [];
        var targets = section.Find("targets") is { } places ? TargetsSection.Read(places) : [];
        var lifetime = section.Find("plan") is { } plan ? PlanSection.Read(plan) : PlanSection.DefaultLifetime;
        var parking = section.Find("parking") is { } words ? ParkingSection.Read(words) : DeclaredParking.Default;
        var guard = section.Find("guard") is { } rules ? GuardSection.Read(rules) : new();
        var approval = section.Find("approval") is { } consent ? ApprovalSection.Read(consent) : new();
        var register = section.Find("register") is { } place ? RegisterSetting.Read(place) : RegisterStore.Default;
        var images = section.Find("images") is { } families ? ImagesSection.Read(families) : [];
        var endpoints = section.Find("endpoints") is { } probed ? EndpointsSection.Read(probed) : [];
        var verification = section.Find("verification") is { } patience ? VerificationSection.Read(patience) : new();
        if (name is null || root is null)
            return null;

        return new DeclaredEnvironment
        {
            Name = name,
            RootFolder = root,
            VariableFiles = variableFiles,
            Inputs = inputs,
            Targets = targets,
            PlanLifetime = lifetime,
            Parking = parking.Names,
            Parkable = parking.Parkable,
            ParkingApprovalRequired = parking.ApprovalRequired,
            Schedule = parking.Schedule,
            Guard = guard,
            Approval = approval,
            Register = register,
            Images = images,
            Endpoints = endpoints,
            Verification = verification,
            Place = new Location(setting.Reading.Source, setting.NameSpan),
        };
    }
}
