using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Guard;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>In what a plan differs in meaning from an earlier one; values that only describe what was there do not count.</summary>
/// <param name="Earlier">The plan that it was compared with.</param>
public sealed record PlanLikeness(PlanDigest Earlier, ValueList<PlanUnlikeness> Differences)
{
    private static readonly Rule NotComparable = new("SB3227", Severity.Error, "The plans cannot be compared");

    public bool IsSame => Differences.Count == 0;

    /// <summary>Why nobody could plan again what the earlier plan says; so that a wrong file starts nothing.</summary>
    public static Diagnostic? Problem(OpenedPlan earlier, string environment, Target target) => earlier.Manifest switch
    {
        var manifest when manifest.Environment != environment || manifest.KnownTarget != target => NotComparable.Without(
            $"plan {earlier.Digest} is for environment `{manifest.Environment}` in target `{manifest.Target}`, not for `{environment}` in `{target.Word()}`",
            $"run `signalbox plan {manifest.Environment} --target {manifest.Target} --like …`"),
        { Movement: not null, ParkIntent: var intent } => NotComparable.Without(
            $"plan {earlier.Digest} {(intent == "parked" ? "parks" : "unparks")} the environment, and an ordinary plan never does",
            $"run `signalbox {(intent == "parked" ? "park" : "unpark")} {environment} --plan-only`"),
        _ => null,
    };

    internal static Outcome<PlanLikeness> Of(OpenedPlan earlier, PlanManifest manifest, PlanReading reading)
    {
        if (!PlanSummaryJson.Read(earlier.Contents.Review.Span).Succeeded(out var review, out var problems))
            return new Outcome<PlanLikeness>.Failure(problems);
        return new PlanLikeness(earlier.Digest,
        [
            .. Changes(earlier.Contents.Fingerprints, review.Summary, reading),
            .. NewFindings(review.Findings, reading.Findings),
            .. Circumstances(earlier.Manifest, manifest),
            .. review.Summary.Complete == reading.Summary.Complete ? (PlanUnlikeness[])[] : [new(Unlikeness.MadeOtherwise, reading.Summary.Complete ? "the earlier plan covered only a part" : "this plan covers only a part", [])],
        ]);
    }

    private static IEnumerable<PlanUnlikeness> Changes(IReadOnlyList<ChangeFingerprint> earlier, PlanSummary summary, PlanReading reading)
    {
        var (before, now) = (ByName(earlier), ByName(reading.Fingerprints));
        var (described, describedNow) = (SummarisedChange.ByName(summary), SummarisedChange.ByName(reading.Summary));
        foreach (var name in before.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, isNow) = (before.GetValueOrDefault(name), now.GetValueOrDefault(name));
            if (was == isNow)
                continue;
            var (old, @new) = (described.GetValueOrDefault(name), describedNow.GetValueOrDefault(name));
            yield return was is null ? new(Unlikeness.NowAlso, Subject(name, @new), @new?.Lines ?? [])
                : isNow is null ? new(Unlikeness.NoLonger, Subject(name, old), [])
                : new(Unlikeness.Otherwise, Subject(name, @new), SummarisedChange.Compared(old, @new));
        }
    }

    private static Dictionary<string, string> ByName(IEnumerable<ChangeFingerprint> fingerprints) =>
        fingerprints.GroupBy(fingerprint => fingerprint.Name, StringComparer.Ordinal).ToDictionary(
            same => same.Key, same => string.Join(' ', same.Select(fingerprint => fingerprint.Sha256)), StringComparer.Ordinal);

    private static string Subject(string name, SummarisedChange? change) => change is null ? name : $"{change.Word} {name}";

    /// <summary>A finding that is gone makes a plan no worse.</summary>
    private static IEnumerable<PlanUnlikeness> NewFindings(ValueList<Finding> earlier, ValueList<Finding> now) =>
        now.Where(finding => !earlier.Any(other => other.Rule.Code == finding.Rule.Code && other.Address == finding.Address && other.Judgement >= finding.Judgement))
            .Select(finding => new PlanUnlikeness(Unlikeness.NewFinding, $"{finding.Judgement.Word()}[{finding.Rule.Code}] {finding.Address}", [finding.Message]));

    private static IEnumerable<PlanUnlikeness> Circumstances(PlanManifest earlier, PlanManifest now)
    {
        (string Subject, string Was, string Now)[] circumstances =
        [
            ("account", earlier.Account, now.Account),
            ("state", $"{earlier.Backend} {earlier.StateLineage}", $"{now.Backend} {now.StateLineage}"),
            ("root module", earlier.Root, now.Root),
            ("intent", earlier.ParkIntent ?? "none", now.ParkIntent ?? "none"),
            ("tools", Tools(earlier), Tools(now)),
        ];
        return circumstances.Where(one => one.Was != one.Now).Select(one => new PlanUnlikeness(Unlikeness.MadeOtherwise, one.Subject, [$"{one.Now} (was {one.Was})"]));
    }

    private static string Tools(PlanManifest manifest) =>
        string.Join(", ", manifest.Providers.OrderBy(tool => tool.Name, StringComparer.Ordinal).Prepend(manifest.Terraform));
}

/// <summary>One thing that a later plan does otherwise.</summary>
/// <param name="Subject">What it is about, such as `update module.portal.aws_ecs_service.this[0]`.</param>
/// <param name="Details">One line each; without sensitive values.</param>
public sealed record PlanUnlikeness(Unlikeness Kind, string Subject, ValueList<string> Details);

public enum Unlikeness
{
    NowAlso,
    NoLonger,
    Otherwise,
    NewFinding,

    /// <summary>In another account, with other tools, from another state, or with another intent.</summary>
    MadeOtherwise,
}
