using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Parking.Schedules;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments;

/// <summary>An environment as signalbox.yml describes it.</summary>
public sealed record DeclaredEnvironment
{
    private static readonly Rule TargetNotDeclared = new("SB3031", Severity.Error, "The environment is not declared for this target");

    public required EnvironmentName Name { get; init; }

    /// <summary>The Terraform root module.</summary>
    public required RepositoryPath RootFolder { get; init; }

    /// <summary>Files of variables, in the order they are given to Terraform.</summary>
    public ValueList<RepositoryPath> VariableFiles { get; init; } = [];

    /// <summary>Files whose content the plan depends on, besides the root, its modules and its variable files.</summary>
    public ValueList<PathPattern> Inputs { get; init; } = [];

    /// <summary>How long a sealed plan may be applied.</summary>
    public TimeSpan PlanLifetime { get; init; } = TimeSpan.FromHours(24);

    public ParkingNames Parking { get; init; } = ParkingNames.Default;

    /// <summary>All that parking may change.</summary>
    public ParkableChanges Parkable { get; init; } = ParkableChanges.Default;

    /// <summary>Whether also a movement that the park guard has nothing against needs a person's yes.</summary>
    public bool ParkingApprovalRequired { get; init; }

    /// <summary>When it is parked by itself; null when only people park it.</summary>
    public ParkingSchedule? Schedule { get; init; }

    public GuardPolicy Guard { get; init; } = new();

    public ApprovalPolicy Approval { get; init; } = new();

    /// <summary>Where what happens to it is written down.</summary>
    public RegisterStore Register { get; init; } = RegisterStore.Default;

    /// <summary>The families of images that it runs, in the order of the file.</summary>
    public ValueList<ImageFamily> Images { get; init; } = [];

    /// <summary>What is probed after an apply, in the order of the file.</summary>
    public ValueList<Endpoint> Endpoints { get; init; } = [];

    public VerificationSettings Verification { get; init; } = new();

    /// <summary>One for each target that the file names.</summary>
    public ValueList<TargetSettings> Targets { get; init; } = [];

    /// <summary>Where the file names the environment.</summary>
    public required Location Place { get; init; }

    /// <summary>The sandbox is always there; a real account only when the file says so.</summary>
    public Outcome<TargetSettings> For(Target target)
    {
        if (Targets.FirstOrDefault(settings => settings.Target == target) is { } declared)
            return declared;
        if (target == Target.Sandbox)
            return new TargetSettings(Target.Sandbox, Account: null, Region: null, []);
        return TargetNotDeclared.At(
            Place.Source,
            Place.Span,
            $"{Culprit.Quote(Name.Text)} is not declared for the target `{target.Word()}`",
            $"add `targets: {{ {target.Word()}: {{}} }}` to it");
    }
}
