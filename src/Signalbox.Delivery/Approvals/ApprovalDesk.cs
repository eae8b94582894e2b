using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Approvals;

/// <summary>What was said of a plan, judged by the environment's policy.</summary>
/// <param name="Approval">Null when it is not enough.</param>
/// <param name="Lacking">What is missing, in words.</param>
/// <param name="Remarks">What did not count, and why.</param>
/// <param name="Objections">What keeps the plan from being applied whoever approves it.</param>
public sealed record ApprovalJudgement(Approval? Approval, string Lacking, ValueList<Diagnostic> Remarks, ValueList<Diagnostic> Objections);

/// <summary>One yes that was found, before the policy is asked.</summary>
/// <param name="IsKept">It stands in the register already.</param>
/// <param name="Plan">What was said yes to.</param>
internal sealed record Consent(string Approver, ApprovalStrength Strength, bool BreaksGlass, bool IsKept, PlanDigest Plan);

/// <summary>Counts who approved a plan: only what is for exactly this plan, environment and target, and still good.</summary>
public sealed class ApprovalDesk(ISignatures signatures, ApprovalPolicy policy, Target target)
{
    /// <summary>How far two machines' clocks may be apart before an approval counts shorter or longer than it says.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private const int BreakGlassSignatures = 2;

    private readonly List<Diagnostic> _remarks = [];

    /// <param name="entries">The register's approvals of this plan, and of those it means the same as, oldest first.</param>
    /// <param name="offered">A name given on the spot, or what the engine says; null when neither.</param>
    /// <param name="signers">The allowed signers at the base commit; null when the policy names none.</param>
    public async Task<ApprovalJudgement> Judge(
        OpenedPlan plan, IReadOnlyList<RegisterEntry> entries, Approval? offered, string? signers, DateTimeOffset now, CancellationToken cancellation)
    {
        var consents = await Signed(plan, entries, signers, now, cancellation);
        if (offered is not null && offered.Digest == plan.Digest)
            consents.Add(new Consent(offered.Approver, offered.Strength, BreaksGlass: false, IsKept: false, offered.Digest));

        var glass = consents.Where(consent => consent.BreaksGlass).DistinctBy(consent => consent.Approver, StringComparer.OrdinalIgnoreCase).ToArray();
        if (glass.Length >= BreakGlassSignatures)
            return new(new Approval(plan.Digest, Names(glass), now, ApprovalStrength.Signature) { BreaksGlass = true }, "", [.. _remarks], []);

        var counted = Counted(plan, consents);
        // Another digest than the plan's is told by the plan's own check, with both digests.
        var isForAnother = offered is not null && offered.Digest != plan.Digest;
        var approval = isForAnother ? offered : counted.Length >= policy.Count ? new Approval(plan.Digest, Names(counted), now, counted.Min(consent => consent.Strength)) { IsKept = counted.All(consent => consent.IsKept), CarriedFrom = Carried(plan, counted) } : null;
        return new(approval, Lacking(plan, counted.Length, glass.Length), [.. _remarks], Frozen(now));
    }

    private async Task<List<Consent>> Signed(OpenedPlan plan, IReadOnlyList<RegisterEntry> entries, string? signers, DateTimeOffset now, CancellationToken cancellation)
    {
        var consents = new List<Consent>();
        var nonces = new HashSet<string>(StringComparer.Ordinal);
        var plans = policy.ApprovedAs(plan);
        foreach (var entry in entries)
        {
            if (ApprovalStatement.Of(entry) is not var (statement, signature) || entry.Note.Actor.Evidence != ApprovalStrength.Signature.Evidence())
                continue;
            var who = $"the signature of {Culprit.Quote(statement.Approver)} (entry {entry.Sequence})";
            var isCarried = statement.Plan != plan.Digest;
            if (!plans.Contains(statement.Plan) || (isCarried && statement.BreakGlass is not null) || statement.Environment != plan.Manifest.Environment || statement.Target != target)
                continue;
            if (!nonces.Add(statement.Nonce))
                Remark(ApprovalRules.Replayed, $"{who} repeats an earlier one and counts once", null);
            else if (statement.ExpiresAt + ClockTolerance < now)
                Remark(ApprovalRules.HasExpired, $"{who} expired at {statement.ExpiresAt:yyyy-MM-dd HH:mm}Z", $"run `signalbox sign` again");
            else if (signers is null)
                Remark(ApprovalRules.NoSigners, $"{who} cannot be checked: the policy names no file of signers", "add `approval.allowed_signers` to signalbox.yml");
            else if (await signatures.Refusal(signers, statement.Approver, ApprovalStatement.Namespace, statement.ToBytes(), signature, now, cancellation) is { } refusal)
                Remark(ApprovalRules.BadSignature, $"{who} does not count: {refusal}", "who may sign stands in the signers' file at the base commit");
            else
                consents.Add(new Consent(statement.Approver, ApprovalStrength.Signature, statement.BreakGlass is not null, IsKept: true, statement.Plan));
        }

        return consents;
    }

    private Consent[] Counted(OpenedPlan plan, List<Consent> consents)
    {
        var least = Least(plan);
        var counted = new List<Consent>();
        foreach (var consent in consents.Where(consent => !consent.BreaksGlass).OrderByDescending(consent => consent.Strength).ThenByDescending(consent => consent.Plan == plan.Digest).DistinctBy(consent => consent.Approver, StringComparer.OrdinalIgnoreCase))
        {
            if (consent.Strength < least)
                Remark(ApprovalRules.TooWeak, $"the word of {Culprit.Quote(consent.Approver)} is a {consent.Strength.Word()}; this plan needs a {least.Word()}", least == ApprovalStrength.Signature ? $"run `signalbox sign` on the plan" : "let the pipeline's hold job be approved, or run `signalbox sign` on the plan");
            else if (!policy.AuthorMayApprove && consent.Strength > OwnWord && IsAuthor(plan.Manifest.Author, consent.Approver))
                Remark(ApprovalRules.ByTheAuthor, $"{Culprit.Quote(consent.Approver)} made the plan, and may not approve it", "let somebody else approve it");
            else
                counted.Add(consent);
        }

        return [.. counted];
    }

    private ValueList<PlanDigest> Carried(OpenedPlan plan, Consent[] counted)
    {
        foreach (var consent in counted.Where(consent => consent.Plan != plan.Digest))
            Remark(ApprovalRules.CarriedOver, $"{Culprit.Quote(consent.Approver)} signed plan {consent.Plan}, which means exactly what plan {plan.Digest} means", hint: null);
        return [.. counted.Select(consent => consent.Plan).Where(digest => digest != plan.Digest).Distinct()];
    }

    /// <summary>The most that an author may say of their own plan: in the sandbox, where nothing is real, one person runs everything (ADR 0005).</summary>
    private ApprovalStrength OwnWord => target == Target.Sandbox ? ApprovalStrength.Hold : ApprovalStrength.Login;

    private ApprovalStrength Least(OpenedPlan plan) => policy.StrengthFor(target, plan.Manifest.Findings.Select(finding => finding.Code));

    private string Lacking(OpenedPlan plan, int counted, int glass)
    {
        var least = Least(plan);
        var kind = least == ApprovalStrength.Login ? "approval" : $"{least.Word()} approval";
        var words = counted == 0 && policy.Count == 1
            ? least == ApprovalStrength.Login ? $"nobody has approved plan {plan.Digest}" : $"nobody has approved plan {plan.Digest} by {least.Word()}"
            : $"plan {plan.Digest} has {counted} of {policy.Count} {kind}s";
        return glass == 0 ? words : $"{words}, and {glass} of {BreakGlassSignatures} signatures that break glass";
    }

    private ValueList<Diagnostic> Frozen(DateTimeOffset now) =>
    [
        .. policy.Freezes.Where(freeze => freeze.Holds(now)).Select(freeze =>
            ApprovalRules.Frozen.Without($"it is {now:yyyy-MM-dd HH:mm}Z, and nothing is applied from {freeze}", "wait, or break glass with two signatures: `signalbox sign PLAN --break-glass --reason …`")),
    ];

    /// <summary>The author is `Name &lt;email&gt;`; a signer is usually the address alone.</summary>
    private static bool IsAuthor(string author, string approver) =>
        author.Equals(approver, StringComparison.OrdinalIgnoreCase) || author.EndsWith($"<{approver}>", StringComparison.OrdinalIgnoreCase);

    private static string Names(IEnumerable<Consent> consents) => string.Join(", ", consents.Select(consent => consent.Approver));

    private void Remark(Rule rule, string message, string? hint) => _remarks.Add(rule.Without(message, hint));
}
