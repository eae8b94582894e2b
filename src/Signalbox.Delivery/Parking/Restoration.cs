using System.Text.Json;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Parking;

/// <summary>
/// Compares what an unpark brings back with what the register remembers. Whoever edits the unparked size of something
/// while it is parked changes no plan until the unpark: there it is seen here, and held for a person.
/// </summary>
internal sealed class Restoration(Movement movement)
{
    private readonly MovementRecord? _remembered = movement.To == ParkState.Unparked ? movement.Remembered : null;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];
    private bool _bringsBack;

    public void Take(ResourceChange change)
    {
        if (movement.To == ParkState.Parked)
            return;
        _bringsBack |= change.Action != PlannedAction.None;
        if (_remembered is null)
            return;
        if (change.Action != PlannedAction.Delete)
            _seen.Add(change.Address);
        if (change.Action == PlannedAction.Create)
            CompareResource(change);
        else
            CompareValues(change);
    }

    public IEnumerable<Finding> Findings()
    {
        if (movement.To == ParkState.Parked)
            return [];
        if (_remembered is null)
            return _bringsBack ? [NobodyRemembers] : [];
        return
        [
            .. _findings,
            .. _remembered.Removed.Where(gone => !_seen.Contains(gone.Address)).Select(gone => Differs(
                gone.Address, $"`{gone.Type}` was there before parking and would not come back")),
        ];
    }

    private static Finding NobodyRemembers => new(
        MovementRules.NotRemembered, Judgement.Hold, "plan",
        "the register holds no record of this parking, so nothing says what must come back",
        "compare the plan with what should run, then approve it");

    private void CompareResource(ResourceChange change)
    {
        if (_remembered!.Removed.FirstOrDefault(gone => gone.Address == change.Address) is not { } was)
        {
            _findings.Add(change.Holds(MovementRules.NotRemembered, $"`{change.Type}` was not there when it was parked", "approve only if it shall be there from now on"));
            return;
        }

        var different = AttributeDigests.DifferencesTo(was.Attributes, change).ToArray();
        if (different.Length > 0)
            _findings.Add(Differs(change.Address, $"{string.Join(", ", different.Select(name => $"`{name}`"))} would not be what it was"));
    }

    private void CompareValues(ResourceChange change)
    {
        var values = _remembered!.Values.Where(value => value.Address == change.Address).ToArray();
        foreach (var was in values)
        {
            var now = AttributePath.Find(change.After, was.Path);
            if (!AttributeDigests.AreSame(Parsed(was.Before), now))
                _findings.Add(Differs(change.Address, $"`{was.Path}` would come back as {(now.IsAbsent ? "nothing" : now.GetRawText())}; it was {was.Before ?? "nothing"}"));
        }

        if (change.Action != PlannedAction.Update)
            return;
        foreach (var difference in change.Differences.Where(difference => movement.Parkable.UpdateOf(change.Type, AttributePath.WithoutIndexes(difference.Path)) is not null))
        {
            if (!Array.Exists(values, value => value.Path == difference.Path))
                _findings.Add(change.Holds(MovementRules.NotRemembered, $"`{difference.Path}` was not changed by the parking", "approve only if it shall change now"));
        }
    }

    private static Finding Differs(string address, string message) => new(
        MovementRules.ComesBackDifferent, Judgement.Hold, EscapedText.Safe(address), message, "approve only if the new value is meant; its change was never reviewed while parked");

    private static JsonElement Parsed(string? json)
    {
        if (json is null)
            return default;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
