using Signalbox.Delivery.Approvals;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Register;
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

    public GuardPolicy Guard { get; init; } = new();

    public ApprovalPolicy Approval { get; init; } = new();

    /// <summary>Where what happens to it is written down.</summary>
    public RegisterStore Register { get; init; } = RegisterStore.Default;

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
