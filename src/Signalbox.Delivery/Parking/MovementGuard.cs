using System.Text.Json;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Parking.Metering;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Parking;

/// <summary>
/// The park guard. Judges a movement's plan resource by resource against what may be parked, denies what it does not
/// know, and writes down what the movement changes. docs/adr/0013 says why that is enough.
/// </summary>
internal sealed class MovementGuard(Movement movement, GuardPolicy policy)
{
    private const string DeliverFirst = "deliver it first with `signalbox plan` and `signalbox apply`; or list it under `parking.allow` in signalbox.yml if it belongs to parking";

    private readonly Meter _meter = new();
    private readonly DriftMemory _drift = new(movement);
    private readonly Restoration _restoration = new(movement);
    private readonly List<MovedValue> _values = [];
    private readonly List<MovedResource> _removed = [];
    private readonly List<MovedResource> _created = [];
    private readonly List<ServiceToDrain> _drained = [];
    private readonly List<Finding> _findings = [];

    /// <summary>One element of `resource_drift`: what was found changed outside Terraform.</summary>
    public void TakeDrift(ResourceChange change)
    {
        if (change.IsManaged)
            _drift.Take(change);
    }

    /// <summary>One element of `resource_changes`, also of what does not change.</summary>
    public void Take(ResourceChange change)
    {
        _meter.Take(change);
        if (!change.IsManaged || change.Action == PlannedAction.Read)
            return;
        _restoration.Take(change);
        if (change.Action == PlannedAction.None)
            return;
        _findings.AddRange(Judge(change));
    }

    /// <summary>Whether a finding of the ordinary guard is what parking is for.</summary>
    public bool Expects(Finding finding, ResourceChange change) =>
        finding.Rule == Guard.Rules.Deletion.Deleted && MayDelete(change);

    public IEnumerable<Finding> Findings(IEnumerable<PlannedOutput> outputs) =>
        [.. _findings, .. _drift.Findings(_values), .. _restoration.Findings(), .. OutputFindings([.. outputs])];

    public MovementRecord Finish() => new()
    {
        To = movement.To.Word(),
        Values = [.. _values, .. _drift.ValuesAlreadyMoved(_values)],
        Removed = [.. _removed, .. _drift.ResourcesAlreadyRemoved()],
        Created = _created,
        Drained = _drained,
        Metered = _meter.Finish(),
    };

    private IEnumerable<Finding> Judge(ResourceChange change)
    {
        // Terraform moves what gets a `count` before it deletes it; what matters is that it would be gone.
        if (change.Action is PlannedAction.Delete or PlannedAction.Replace or PlannedAction.Forget && StatefulTypes.Protects(change, policy))
            return [TakenAway(change)];
        if (change.PreviousAddress is not null || change.ImportId is not null)
            return [Denied(change, $"`{change.Address}` would be {(change.ImportId is null ? "moved" : "imported")} in the state")];
        return change.Action switch
        {
            PlannedAction.Update => JudgeUpdate(change),
            PlannedAction.Delete => JudgeDeletion(change),
            PlannedAction.Create => JudgeCreation(change),
            _ => [Denied(change, $"`{change.Type}` would be {Done(change)}")],
        };
    }

    private IEnumerable<Finding> JudgeUpdate(ResourceChange change)
    {
        var others = new List<string>();
        foreach (var difference in change.Differences)
        {
            if (movement.Parkable.UpdateOf(change.Type, AttributePath.WithoutIndexes(difference.Path)) is not { } update)
            {
                others.Add(difference.Path);
                continue;
            }

            _values.Add(new MovedValue(change.Address, change.Type, difference.Path, Text(difference.Before), Text(difference.After)));
            if (movement.To == ParkState.Parked && change.Type == "aws_ecs_service" && difference is { Path: "desired_count" } && Text(difference.After) == "0" && ServiceOf(change) is { } service)
                _drained.Add(service);
            if (movement.To == ParkState.Parked && !update.MayRise && !Falls(difference))
            {
                yield return change.Holds(
                    MovementRules.Rises,
                    difference.Unknown.HoldsTrue ? $"`{difference.Path}` is only known after the apply" : $"`{difference.Path}` would not fall: {Text(difference.Before)} → {Text(difference.After)}",
                    "approve only if that is what parking shall do");
            }
        }

        if (others.Count > 0)
            yield return Denied(change, $"{string.Join(", ", others.Take(5).Select(path => $"`{path}`"))}{(others.Count > 5 ? $" and {others.Count - 5} more" : "")} would change too");
    }

    private IEnumerable<Finding> JudgeDeletion(ResourceChange change)
    {
        if (!MayDelete(change))
            return [Denied(change, $"`{change.Type}` would be deleted{(ActionReasons.Words(change.Reason) is { } why ? $", {why}" : "")}")];
        _removed.Add(new MovedResource(change.Address, change.Type, AttributeDigests.Of(change.Before, change.BeforeMask)));
        return [];
    }

    private IEnumerable<Finding> JudgeCreation(ResourceChange change)
    {
        if (!MayCreate(change))
            return [Denied(change, $"`{change.Type}` would be created")];
        _created.Add(new MovedResource(change.Address, change.Type, new Dictionary<string, string>(StringComparer.Ordinal)));
        return [];
    }

    /// <summary>A block that was taken out of the configuration is nobody's parking.</summary>
    private bool MayDelete(ResourceChange change) =>
        change is { Action: PlannedAction.Delete, Deposed: null, Reason: "delete_because_count_index" or "delete_because_each_key" or null }
        && (movement.To == ParkState.Parked ? movement.Parkable.Removed.Contains(change.Type, StringComparer.Ordinal) : IsCreatedByParking(change.Type, change.Before));

    private bool MayCreate(ResourceChange change) => movement.To == ParkState.Parked
        ? IsCreatedByParking(change.Type, change.After)
        : movement.Parkable.Removed.Contains(change.Type, StringComparer.Ordinal);

    private bool IsCreatedByParking(string type, JsonElement values) =>
        movement.Parkable.Created.Any(creation => creation.Type == type
            && (creation.Attribute is null
                || (AttributePath.FindAll(values, creation.Attribute).ToArray() is { Length: > 0 } found && found.All(value => value.Text == creation.Value || value.GetRawText() == creation.Value))));

    private static bool Falls(Difference difference) =>
        !difference.Unknown.HoldsTrue
        && (difference.Before.Number is not { } before || difference.After.Number is not { } after || after < before);

    private IEnumerable<Finding> OutputFindings(PlannedOutput[] outputs)
    {
        if (outputs.FirstOrDefault(output => output.Name == movement.Names.Output)?.After != movement.To.Value())
        {
            yield return new Finding(
                MovementRules.IntentNotKept, Judgement.Deny, $"output.{movement.Names.Output}",
                $"after the apply it would not be `{movement.To.Value()}`, so the next plan would undo the {movement.To.Verb()}",
                $"write `output \"{movement.Names.Output}\" {{ value = var.{movement.Names.Variable} }}` in the root module");
        }

        foreach (var output in outputs.Where(output => output.Action != PlannedAction.None && output.Name != movement.Names.Output))
        {
            if (!movement.Parkable.Outputs.Contains(output.Name, StringComparer.Ordinal))
                yield return new Finding(MovementRules.OutputChanges, Judgement.Deny, $"output.{output.Name}", "it would change too", DeliverFirst);
        }
    }

    private static Finding Denied(ResourceChange change, string message) => change.Denies(MovementRules.NotParking, message, DeliverFirst);

    private static Finding TakenAway(ResourceChange change) => change.Denies(
        MovementRules.Stateful, $"stateful `{change.Type}` would be {Done(change)}", "take it out of what `var.parked` switches off: parking keeps everything stateful");

    private static string Done(ResourceChange change) => change.Action switch
    {
        PlannedAction.Delete => "deleted",
        PlannedAction.Replace => "replaced",
        PlannedAction.Forget => "forgotten",
        _ => "changed",
    };

    /// <summary>As the state knows it. An ARN of a service holds its region: `arn:aws:ecs:REGION:…`.</summary>
    private static ServiceToDrain? ServiceOf(ResourceChange change)
    {
        return Member("cluster") is { } cluster && Member("name") is { } name
            ? new ServiceToDrain(change.Address, cluster, name, Member("id")?.Split(':') is ["arn", _, "ecs", { Length: > 0 } region, ..] ? region : null)
            : null;

        string? Member(string name) =>
            change.Before.ValueKind == JsonValueKind.Object && change.Before.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static string? Text(JsonElement value) => value.IsAbsent ? null : value.GetRawText();
}
