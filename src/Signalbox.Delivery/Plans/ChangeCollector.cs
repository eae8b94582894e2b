using System.Text.Json;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>Turns resource changes into what the summary says of them.</summary>
internal sealed class ChangeCollector
{
    /// <summary>What people know a resource by, the best first; one is shown for what is created or deleted.</summary>
    private static readonly string[] Identities =
    [
        "bucket", "cluster_identifier", "identifier", "function_name", "family", "domain_name", "name", "alarm_name", "alias",
        "user_name", "cidr_block", "key", "title",
    ];

    private readonly List<(ChangedResource Resource, List<RawChange> Attributes)> _changes = [];

    public PlanCounts Counts { get; private set; } = new();

    public void Add(ResourceChange change)
    {
        Counts = Counted(change);
        var attributes = Shown(change);
        _changes.Add((Described(change) with { RenewedAttributes = change.Differences.Count - attributes.Count }, attributes));
    }

    public ValueList<ChangedResource> Finish(SecretScrubber scrubber) =>
    [
        .. _changes
            .OrderBy(change => change.Resource.Action)
            .ThenBy(change => change.Resource.Module, StringComparer.Ordinal)
            .ThenBy(change => change.Resource.Address, StringComparer.Ordinal)
            .Select(change => change.Resource with
            {
                RenewedAttributes = change.Resource.Action == PlannedAction.Replace ? change.Resource.RenewedAttributes : 0,
                Attributes = [.. change.Attributes.Select(attribute => attribute.Finish(scrubber))],
            }),
    ];

    private static List<RawChange> Shown(ResourceChange change) => change.Action switch
    {
        PlannedAction.Update => Changed(change),
        PlannedAction.Replace => [.. Changed(change).Where(attribute => attribute.ForcesReplacement || attribute.New.Kind != RawKind.Unknown)],
        PlannedAction.Create => Identity(change.After, change.AfterMask, isNew: true),
        PlannedAction.Delete or PlannedAction.Forget => Identity(change.Before, change.BeforeMask, isNew: false),
        _ => [],
    };

    /// <summary>The AWS provider repeats each tag in `tags_all`; one of the two is enough for a reader.</summary>
    private static List<RawChange> Changed(ResourceChange change)
    {
        var paths = change.Differences.Select(difference => difference.Path).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. change.Differences
                .Where(difference => !difference.Path.StartsWith("tags_all", StringComparison.Ordinal)
                    || !paths.Contains(string.Concat("tags", difference.Path.AsSpan("tags_all".Length))))
                .Select(RawChange.Of),
        ];
    }

    private static List<RawChange> Identity(JsonElement values, JsonElement mask, bool isNew)
    {
        foreach (var name in Identities)
        {
            if (values.Member(name) is not { ValueKind: JsonValueKind.String } value || mask.IsTrue || mask.Member(name).HoldsTrue)
                continue;
            var shown = RawValue.Of(value, default);
            var absent = new RawValue(RawKind.Absent, "");
            return [isNew ? new(name, absent, shown, ForcesReplacement: false) : new(name, shown, absent, ForcesReplacement: false)];
        }

        return [];
    }

    private static ChangedResource Described(ResourceChange change) => new()
    {
        Address = EscapedText.Safe(change.Address),
        Module = EscapedText.Safe(change.Module),
        Type = EscapedText.Safe(change.Type),
        Action = change.Action,
        CreatesFirst = change.CreatesFirst,
        Reason = Safe(change.Reason),
        PreviousAddress = Safe(change.PreviousAddress),
        ImportId = Safe(change.ImportId),
        Deposed = Safe(change.Deposed),
    };

    private static string? Safe(string? text) => text is null ? null : EscapedText.Safe(text);

    private PlanCounts Counted(ResourceChange change)
    {
        var counts = change.Action switch
        {
            PlannedAction.Replace => Counts with { Replace = Counts.Replace + 1 },
            PlannedAction.Delete => Counts with { Delete = Counts.Delete + 1 },
            PlannedAction.Forget => Counts with { Forget = Counts.Forget + 1 },
            PlannedAction.Update => Counts with { Update = Counts.Update + 1 },
            PlannedAction.Create => Counts with { Create = Counts.Create + 1 },
            PlannedAction.Read => Counts with { Read = Counts.Read + 1 },
            _ => Counts,
        };
        return counts with
        {
            Import = counts.Import + (change.ImportId is null && change.Action != PlannedAction.Import ? 0 : 1),
            Move = counts.Move + (change.PreviousAddress is null ? 0 : 1),
        };
    }
}
