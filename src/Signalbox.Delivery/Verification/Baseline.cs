using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Verification;

/// <summary>How every endpoint was just before an apply; what is broken afterwards is held against it.</summary>
/// <param name="TakenAt">When the probes had ended.</param>
/// <param name="Plan">The digest of the plan that was about to be applied; null when no apply took it.</param>
public sealed record Baseline(
    string Environment, Target Target, DateTimeOffset TakenAt, string? Plan, ExpectedState Expected, ValueList<BaselineEndpoint> Endpoints)
{
    /// <summary>A baseline older than this is not used unasked: too much else can have happened since.</summary>
    public static TimeSpan UsedFor { get; } = TimeSpan.FromHours(24);

    private static readonly Rule Elsewhere = new("SB3303", Severity.Error, "The baseline is of another environment or target");

    public EarlierSight? Of(string endpoint) => Endpoints.FirstOrDefault(known => known.Name == endpoint)?.Sight;

    /// <summary>Why it cannot be compared with, or null.</summary>
    public Diagnostic? ElsewhereProblem(string environment, Target target) => Environment == environment && Target == target
        ? null
        : Elsewhere.Without(
            $"the baseline is of {Culprit.Quote(Environment)} in {Target.Word()}, not of {Culprit.Quote(environment)} in {target.Word()}",
            $"take one with `signalbox verify {environment} --target {target.Word()} --write-baseline FILE`");

    /// <summary>The same, knowing what was healthy after the apply.</summary>
    public Baseline WithHealthy(IReadOnlySet<string> endpoints, DateTimeOffset now) => this with
    {
        Endpoints =
        [
            .. Endpoints.Select(known => known.Sight.HealthySince is null && endpoints.Contains(known.Name)
                ? known with { Sight = known.Sight with { HealthySince = now } }
                : known),
        ],
    };
}

public sealed record BaselineEndpoint(string Name, EarlierSight Sight);
