using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Recovery;

/// <summary>What became of one resource of an apply that was cut short.</summary>
/// <param name="Id">What it is called in the account; null when Terraform had not said so yet.</param>
/// <param name="InAccount">Whether it is in the account now; null when nobody asked, or nobody can tell.</param>
public sealed record LooseEnd(string Address, string Action, string? Id, bool WasCompleted, bool? InAccount = null);

/// <summary>Compares what an apply did, as journalled, with the state that is there now.</summary>
/// <param name="Orphans">Created or begun, and not in the state: perhaps in the account, and nobody manages it.</param>
/// <param name="Unsure">Changed or deleted, or begun to be: the next plan reads what is true.</param>
/// <param name="Kept">How many created resources the state knows.</param>
public sealed record CutShortApply(ValueList<LooseEnd> Orphans, ValueList<LooseEnd> Unsure, int Kept)
{
    public static CutShortApply Compare(IReadOnlyList<JournalledEvent> journal, IReadOnlySet<string> inState)
    {
        var ends = journal.GroupBy(happened => happened.Address, StringComparer.Ordinal).Select(EndOf).ToArray();
        return new CutShortApply(
            [.. ends.Where(end => Creates(end) && !inState.Contains(end.Address))],
            [.. ends.Where(end => !Creates(end))],
            ends.Count(end => Creates(end) && inState.Contains(end.Address)));
    }

    /// <summary>The last that was heard of it: a replacement deletes and then creates under one address.</summary>
    private static LooseEnd EndOf(IGrouping<string, JournalledEvent> events)
    {
        var last = events.Last();
        return new LooseEnd(events.Key, last.Action, events.LastOrDefault(happened => happened.Id is not null && happened.Action == last.Action)?.Id, last.Event == "completed");
    }

    private static bool Creates(LooseEnd end) => end.Action == "create";

    /// <summary>The same with what the account says of the orphans that have an id.</summary>
    public CutShortApply With(IReadOnlySet<string> inAccount) =>
        this with { Orphans = [.. Orphans.Select(orphan => orphan.Id is null ? orphan : orphan with { InAccount = inAccount.Contains(orphan.Address) })] };

    /// <summary>Whether the apply ran on this machine, where its Terraform can be seen.</summary>
    public static bool WasHere(RegisterEntry applying) => MachineOf(applying) is { } machine && machine.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);

    private static string? MachineOf(RegisterEntry applying) => applying.Note.Facts.FirstOrDefault(fact => fact.Name == "machine")?.Value;

    /// <summary>Only a lock that this very apply took: of its machine, from its time, for its operation.</summary>
    public static bool IsLockOf(StateLock held, RegisterEntry applying, TimeSpan tolerance)
    {
        return MachineOf(applying) is { } machine
            && held.IsOf(machine)
            && held.Operation == "OperationTypeApply"
            && held.Created >= applying.At - TimeSpan.FromSeconds(2)
            && held.Created <= applying.At + tolerance;
    }
}
