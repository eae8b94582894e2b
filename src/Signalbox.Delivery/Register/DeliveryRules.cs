using Signalbox.Delivery.Plans;
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

    private readonly Dictionary<Delivery, List<RegisterEntry>> _approvals = [];
    private readonly HashSet<Delivery> _underWay = [];
    private readonly Dictionary<Delivery, string[]> _sameAs = [];
    private readonly List<Diagnostic> _problems = [];
    private readonly List<ReliedUpon> _signed = [];

    public IReadOnlyList<Diagnostic> Problems => _problems;

    /// <summary>The applies that relied on signatures, which can be checked again.</summary>
    public IReadOnlyList<ReliedUpon> SignedApplies => _signed;

    public void Take(RegisterEntry entry)
    {
        if (entry.Note.Plan is not { } plan)
            return;
        var delivery = new Delivery(entry.Note.Environment, entry.Note.Target, plan);
        switch (entry.Note.Kind)
        {
            case EntryKind.Planned when Fact(entry, SameAsFact) is { } same:
                _sameAs[delivery] = same.Split(' ');
                break;
            case EntryKind.Approved or EntryKind.BrokeGlass:
                if (!_approvals.TryGetValue(delivery, out var approvals))
                    _approvals[delivery] = approvals = [];
                approvals.Add(entry);
                break;
            case EntryKind.Applying:
                _underWay.Add(delivery);
                Begun(entry, delivery);
                break;
            case EntryKind.Applied when !_underWay.Remove(delivery):
                _problems.Add(RegisterRules.NeverBegun.Without($"entry {entry.Sequence} says that plan {plan} was applied, and no entry says that it was begun", Ask));
                break;
            case EntryKind.Failed:
                _underWay.Remove(delivery);
                break;
            default:
                break;
        }
    }

    private void Begun(RegisterEntry entry, Delivery delivery)
    {
        var approval = Fact(entry, ApprovalFact);
        if (approval == NotRequired)
            return;
        var said = Said(entry, delivery);
        if (said.Count == 0)
        {
            _problems.Add(RegisterRules.NeverApproved.Without($"entry {entry.Sequence} applies plan {delivery.Plan}, which no entry before it approves", Ask));
            return;
        }

        // Registers of before names were written have no fact to compare with.
        var names = approval is null ? [] : (approval.StartsWith(BreakGlass, StringComparison.Ordinal) ? approval[BreakGlass.Length..] : approval).Split(", ");
        var approvers = said.SelectMany(one => one.Note.Actor.Name.Split(", ")).ToHashSet(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !approvers.Contains(name)) is { } stranger)
            _problems.Add(RegisterRules.NeverSaid.Without($"entry {entry.Sequence} applies plan {delivery.Plan} in the name of {Culprit.Quote(stranger)}, who approved it in no entry before it", Ask));
        if (said.Any(one => one.Note.Actor.Evidence == SignatureEvidence))
            _signed.Add(new ReliedUpon(entry, [.. names], [.. said]));
    }

    private const string SignatureEvidence = "ssh-signature";

    /// <summary>
    /// The approvals of this plan, and of those that were signed instead if this plan was made knowing that it means the
    /// same as they do.
    /// </summary>
    private List<RegisterEntry> Said(RegisterEntry entry, Delivery delivery)
    {
        var said = new List<RegisterEntry>(_approvals.GetValueOrDefault(delivery) ?? []);
        if (Fact(entry, ApprovedAsFact) is not { } carried || _sameAs.GetValueOrDefault(delivery) is not { } same)
            return said;
        foreach (var hex in carried.Split(' ').Where(same.Contains))
        {
            if (PlanDigest.Parse(hex) is { } plan)
                said.AddRange(_approvals.GetValueOrDefault(delivery with { Plan = plan }) ?? []);
        }

        return said;
    }

    private static string? Fact(RegisterEntry entry, string name) => entry.Note.Facts.FirstOrDefault(fact => fact.Name == name)?.Value;

    private sealed record Delivery(string? Environment, Environments.Target Target, PlanDigest Plan);
}
