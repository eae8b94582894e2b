using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Parking;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>What to plan, for whom, and what the plan will be bound to.</summary>
public sealed record PlanRequest
{
    public required string Environment { get; init; }
    public required string Root { get; init; }
    public required Target Target { get; init; }
    public required string Account { get; init; }
    public required Checkout Checkout { get; init; }

    /// <summary>How long the plan may be applied.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>How the root module speaks of being parked.</summary>
    public required ParkingNames Parking { get; init; }
    public required PlanOptions Options { get; init; }

    /// <summary>The plan to compare with; null for an ordinary one.</summary>
    public OpenedPlan? Like { get; init; }

    /// <summary>Approvals of <see cref="Like"/> shall count for this plan too when it means the same.</summary>
    public bool CarriesApprovals { get; init; }
}

/// <summary>A sealed plan and what a person reads of it.</summary>
/// <param name="Likeness">How it compares with the plan it was to be like; null when it was to be like none.</param>
public sealed record PlannedDelivery(SealedPlan Plan, PlanReading Reading, PlanLikeness? Likeness = null);

/// <summary>Findings on a plan that was read.</summary>
public delegate Task<IReadOnlyCollection<Finding>> PlanJudge(PlanReading reading, CancellationToken cancellation);

/// <summary>Makes a plan, judges it, and seals it with everything it depends on.</summary>
public sealed class Planner(ITerraform terraform, PlanKey key, TimeProvider clock)
{
    private static readonly Rule CheckoutMoved = new("SB3222", Severity.Error, "The checkout changed while planning");
    private static readonly Rule Uncommitted = new("SB3223", Severity.Note, "The plan was made from uncommitted changes");

    /// <summary>Judges what only a look at the account can tell, once the plan is read.</summary>
    public PlanJudge? Judge { get; init; }

    public async Task<Outcome<PlannedDelivery>> Plan(PlanRequest request, Action<TerraformEvent> onEvent, CancellationToken interrupt)
    {
        if (!(await terraform.Initialise(onEvent, interrupt)).Succeeded(out _, out var problems)
            || !(await new StickyIntent(terraform).Keep(request, interrupt)).Succeeded(out var options, out problems)
            || !(await terraform.Configuration(interrupt)).Succeeded(out var before, out problems)
            || !(await terraform.Plan(options, onEvent, interrupt)).Succeeded(out var plan, out problems)
            || !(await terraform.Configuration(interrupt)).Succeeded(out var after, out problems))
        {
            return new Outcome<PlannedDelivery>.Failure(problems);
        }

        // Terraform may have read a file before or after somebody saved it: nobody could say what was planned.
        var moved = before.Inputs.DifferencesTo(after.Inputs).ToArray();
        if (moved.Length > 0)
            return CheckoutMoved.Without($"while Terraform planned, files changed: {string.Join(", ", moved)}", "leave the files alone and plan again");

        var reading = plan.Reading with
        {
            Findings = PlanGuard.InOrder(
            [
                .. plan.Reading.Findings,
                .. FindingsOnTheCheckout(request),
                .. Judge is null ? [] : await Judge(plan.Reading, interrupt),
            ]),
        };
        var contents = new PlanContents(plan.Bytes, PlanReview.ToJson(reading), [.. reading.SensitiveValues], [.. reading.Fingerprints]);
        var manifest = Manifest(request, after, plan.State, reading);
        if (request.Like is not { } like)
            return new PlannedDelivery(SealedPlan.Seal(manifest, contents, key), reading);
        if (!PlanLikeness.Of(like, manifest, reading).Succeeded(out var likeness, out problems))
            return new Outcome<PlannedDelivery>.Failure(problems);
        var same = likeness.IsSame && request.CarriesApprovals ? manifest with { SameAs = [like.Digest.Hex, .. like.Manifest.SameAs ?? []] } : manifest;
        return new PlannedDelivery(SealedPlan.Seal(same, contents, key), reading, likeness);
    }

    private static IEnumerable<Finding> FindingsOnTheCheckout(PlanRequest request)
    {
        if (request.Checkout.IsDirty)
        {
            var judgement = request.Target == Target.Aws ? Judgement.Hold : Judgement.Note;
            yield return new Finding(Uncommitted, judgement, request.Root, "the checkout holds changes that no commit records", "commit them and plan again, so that the plan can be traced to a commit");
        }
    }

    private PlanManifest Manifest(PlanRequest request, Configuration configuration, StateIdentity state, PlanReading reading)
    {
        var now = clock.GetUtcNow();
        return new PlanManifest
        {
            Format = PlanManifest.CurrentFormat,
            Environment = request.Environment,
            Target = request.Target.Word(),
            Account = request.Account,
            Root = request.Root,
            Commit = request.Checkout.Commit,
            Dirty = request.Checkout.IsDirty,
            InputsDigest = configuration.Inputs.Digest,
            Inputs = [.. configuration.Inputs.Files.Select(file => new ManifestInput(file.Path, file.Sha256))],
            Terraform = new ManifestTool(terraform.Program.Name, terraform.Program.Version),
            Providers = [.. configuration.Providers.Select(provider => new ManifestTool(provider.Name, provider.Version))],
            Backend = configuration.Backend,
            StateLineage = state.Lineage,
            StateSerial = state.Serial,
            ParkIntent = PlanReview.ParkIntent(reading, request.Parking.Output),
            Movement = reading.Movement,
            Verdict = PlanReview.Verdict(reading.Findings),
            Findings = [.. reading.Findings.Select(PlanReview.ForManifest)],
            Author = request.Checkout.Author,
            CreatedAt = now,
            ExpiresAt = now + request.Lifetime,
        };
    }
}
