using System.Text.Json;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Parking;

/// <summary>
/// What was changed outside Terraform where the movement has business. What is already as the movement wants it was
/// left by one that was interrupted, and is taken as its own work; anything else is somebody's, and is not run over.
/// </summary>
internal sealed class DriftMemory(Movement movement)
{
    private readonly List<MovedValue> _values = [];
    private readonly List<MovedResource> _removed = [];

    public void Take(ResourceChange change)
    {
        if (change.Action == PlannedAction.Delete)
        {
            if (movement.To == ParkState.Parked && movement.Parkable.Removed.Contains(change.Type, StringComparer.Ordinal))
                _removed.Add(new MovedResource(change.Address, change.Type, AttributeDigests.Of(change.Before, change.BeforeMask)));
            return;
        }

        foreach (var difference in change.Differences)
        {
            if (movement.Parkable.UpdateOf(change.Type, AttributePath.WithoutIndexes(difference.Path)) is not null && !AttributeDigests.AreSame(difference.Before, difference.After))
                _values.Add(new MovedValue(change.Address, change.Type, difference.Path, Text(difference.Before), Text(difference.After)));
        }
    }

    /// <param name="planned">What the plan itself changes.</param>
    public IEnumerable<Finding> Findings(IReadOnlyCollection<MovedValue> planned)
    {
        foreach (var drifted in _values.Where(drifted => IsPlanned(drifted, planned) && !IsOurs(drifted)))
        {
            yield return new Finding(
                MovementRules.AccountDiffers, Judgement.Deny, EscapedText.Safe(drifted.Address),
                $"`{drifted.Path}` is {drifted.After ?? "nothing"} in the account and {drifted.Before ?? "nothing"} in the state: somebody changed it outside Terraform",
                "decide what it shall be with `signalbox plan` and `signalbox apply`, then park");
        }
    }

    public IEnumerable<MovedValue> ValuesAlreadyMoved(IReadOnlyCollection<MovedValue> planned) => _values.Where(drifted => !IsPlanned(drifted, planned));

    public IEnumerable<MovedResource> ResourcesAlreadyRemoved() => _removed;

    /// <summary>An interrupted movement left it so, or as it found it.</summary>
    private bool IsOurs(MovedValue drifted) => (movement.Interrupted?.Values ?? []).Any(value =>
        value.Address == drifted.Address && value.Path == drifted.Path && (value.Before == drifted.After || value.After == drifted.After));

    private static bool IsPlanned(MovedValue drifted, IReadOnlyCollection<MovedValue> planned) =>
        planned.Any(value => value.Address == drifted.Address && value.Path == drifted.Path);

    private static string? Text(JsonElement value) => value.IsAbsent ? null : value.GetRawText();
}
