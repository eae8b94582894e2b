using System.Text;
using Signalbox.Delivery.Approvals;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>What the order of entries must be: nothing is applied that was not begun, and nothing begun that nobody approved.</summary>
internal sealed class DeliveryRules
{
    /// <summary>The fact of an *applying* entry that says who approved, or that no approval was asked for.</summary>
    public const string ApprovalFact = "approval";
    public const string NotRequired = "not_required";

    /// <summary>What stands before the names when two people set the policy aside.</summary>
    public const string BreakGlass = "BREAK GLASS: ";

    /// <summary>The fact of a *planned* entry that names the plans it means the same as, separated by spaces.</summary>
    public const string SameAsFact = "same_as";

    /// <summary>The fact of an *applying* entry that names the earlier plans whose signatures were carried over.</summary>
    public const string ApprovedAsFact = "approved_as";

    /// <summary>The fact of an *applying* entry that names the file of signers it believed, as git does: `COMMIT:PATH`.</summary>
    public const string SignersFact = "signers";

    private const string Ask = "ask whoever wrote it; `signalbox register show --plan` lists everything about the plan";

    private readonly DeliveredPlans _plans = new();
    private readonly Dictionary<DeliveredPlan, List<Approving>> _approvals = [];
    private readonly HashSet<DeliveredPlan> _underWay = [];
    private readonly Dictionary<DeliveredPlan, string[]> _sameAs = [];
    private readonly List<Diagnostic> _problems = [];
    private readonly List<ReliedUpon> _signed = [];

    public IReadOnlyList<Diagnostic> Problems => _problems;

    /// <summary>The applies that relied on signatures, which can be checked again.</summary>
    public IReadOnlyList<ReliedUpon> SignedApplies => _signed;

    /// <summary>Takes the next entry; makes one only of what must be looked into.</summary>
    /// <param name="line">What it was read from; not kept.</param>
    public void Take(in CanonicalEntry entry, ReadOnlySpan<byte> line)
    {
        if (entry.Plan.IsEmpty)
            return;
        switch (entry.Kind)
        {
            case EntryKind.Planned when entry.MayHaveFact("\"same_as\":"u8) && Fact(Whole(line), SameAsFact) is { } same:
                _sameAs[_plans.Of(entry)] = same.Split(' ');
                break;
            case EntryKind.Approved or EntryKind.BrokeGlass:
                Approved(_plans.Of(entry), Approving.Of(entry, line));
                break;
            case EntryKind.Applying:
                var plan = _plans.Of(entry);
                _underWay.Add(plan);
                Begun(plan, Whole(line));
                break;
            case EntryKind.Applied when !_underWay.Remove(_plans.Of(entry)):
                _problems.Add(RegisterRules.NeverBegun.Without($"entry {entry.Sequence} says that plan {Encoding.ASCII.GetString(entry.Plan[..12])} was applied, and no entry says that it was begun", Ask));
                break;
            case EntryKind.Failed:
                _underWay.Remove(_plans.Of(entry));
                break;
            default:
                break;
        }
    }

    /// <summary>What is canonical can always be read.</summary>
    private static RegisterEntry Whole(ReadOnlySpan<byte> line) => RegisterJson.Read(line)!;

    private void Approved(DeliveredPlan plan, Approving approving)
    {
        if (!_approvals.TryGetValue(plan, out var approvals))
            _approvals[plan] = approvals = new(1);
        approvals.Add(approving);
    }

    private void Begun(DeliveredPlan plan, RegisterEntry entry)
    {
        var approval = Fact(entry, ApprovalFact);
        if (approval == NotRequired)
            return;
        var said = Said(entry, plan);
        if (said.Count == 0)
        {
            _problems.Add(RegisterRules.NeverApproved.Without($"entry {entry.Sequence} applies plan {entry.Note.Plan}, which no entry before it approves", Ask));
            return;
        }

        // Registers of before names were written have no fact to compare with.
        var names = approval is null ? [] : (approval.StartsWith(BreakGlass, StringComparison.Ordinal) ? approval[BreakGlass.Length..] : approval).Split(", ");
        if (names.FirstOrDefault(name => !said.Any(one => one.IsOf(name))) is { } stranger)
            _problems.Add(RegisterRules.NeverSaid.Without($"entry {entry.Sequence} applies plan {entry.Note.Plan} in the name of {Culprit.Quote(stranger)}, who approved it in no entry before it", Ask));
        var signed = said.Where(one => one.Signed is not null && !said.Any(other => other.Signed is null && other.Names == one.Names)).ToArray();
        if (signed.Length > 0)
            _signed.Add(new ReliedUpon(entry, [.. names], [.. signed.Select(one => Whole(one.Signed))]));
    }

    /// <summary>
    /// The approvals of this plan, and of those that were signed instead if this plan was made knowing that it means the
    /// same as they do.
    /// </summary>
    private IReadOnlyList<Approving> Said(RegisterEntry entry, DeliveredPlan plan)
    {
        IReadOnlyList<Approving> own = _approvals.GetValueOrDefault(plan) ?? [];
        if (Fact(entry, ApprovedAsFact) is not { } carried || _sameAs.GetValueOrDefault(plan) is not { } same)
            return own;
        return [.. own, .. carried.Split(' ').Where(same.Contains).SelectMany(hex => plan.Other(hex) is { } other ? _approvals.GetValueOrDefault(other) ?? [] : [])];
    }

    private static string? Fact(RegisterEntry entry, string name) => entry.Note.Facts.FirstOrDefault(fact => fact.Name == name)?.Value;

    /// <summary>One entry by which a plan was approved.</summary>
    /// <param name="Names">One, or those of a broken glass, with commas between.</param>
    /// <param name="Signed">The entry's bytes when it is a signature, to be checked again.</param>
    private readonly record struct Approving(string Names, byte[]? Signed)
    {
        public static Approving Of(in CanonicalEntry entry, ReadOnlySpan<byte> line) =>
            new(entry.ActorName(), entry.Evidence.SequenceEqual(Signature) ? line.ToArray() : null);

        public bool IsOf(string name) => Names == name || Names.Split(", ").Contains(name, StringComparer.Ordinal);

        private static readonly byte[] Signature = Encoding.ASCII.GetBytes(ApprovalStrength.Signature.Evidence());
    }
}
