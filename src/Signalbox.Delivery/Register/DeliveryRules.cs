using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>What the order of entries must be: nothing is applied that was not begun, and nothing begun that nobody approved.</summary>
internal sealed class DeliveryRules
{
    /// <summary>The fact of an *applying* entry that no approval was asked for.</summary>
    public const string ApprovalFact = "approval";
    public const string NotRequired = "not_required";

    /// <summary>The fact of a *planned* entry that names the plans it means the same as, separated by spaces.</summary>
    public const string SameAsFact = "same_as";

    /// <summary>The fact of an *applying* entry that names the earlier plans whose signatures were carried over.</summary>
    public const string ApprovedAsFact = "approved_as";

    private readonly HashSet<Delivery> _approved = [];
    private readonly HashSet<Delivery> _underWay = [];
    private readonly Dictionary<Delivery, string[]> _sameAs = [];
    private readonly List<Diagnostic> _problems = [];

    public IReadOnlyList<Diagnostic> Problems => _problems;

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
                _approved.Add(delivery);
                break;
            case EntryKind.Applying:
                _underWay.Add(delivery);
                if (!_approved.Contains(delivery) && !IsCarriedOver(entry, delivery) && !entry.Note.Facts.Contains(new RegisterFact(ApprovalFact, NotRequired)))
                    _problems.Add(RegisterRules.NeverApproved.Without($"entry {entry.Sequence} applies plan {plan}, which no entry before it approves", Ask));
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

    /// <summary>Every plan that was signed instead means the same, said when this one was made, and was approved before.</summary>
    private bool IsCarriedOver(RegisterEntry entry, Delivery delivery) =>
        Fact(entry, ApprovedAsFact) is { } carried && _sameAs.GetValueOrDefault(delivery) is { } same
        && carried.Split(' ').All(hex => same.Contains(hex) && PlanDigest.Parse(hex) is { } plan && _approved.Contains(delivery with { Plan = plan }));

    private static string? Fact(RegisterEntry entry, string name) => entry.Note.Facts.FirstOrDefault(fact => fact.Name == name)?.Value;

    private const string Ask = "ask whoever wrote it; `signalbox register show --plan` lists everything about the plan";

    private sealed record Delivery(string? Environment, Environments.Target Target, PlanDigest Plan);
}
