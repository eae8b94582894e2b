using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>What a summary says of one change, for comparing it with what another summary says of the same.</summary>
internal sealed record SummarisedChange(string Word, ValueList<AttributeChange> Attributes)
{
    private const string Unshown = "in values that a summary does not show";

    public ValueList<string> Lines => [.. Attributes.Select(Line)];

    public static Dictionary<string, SummarisedChange> ByName(PlanSummary summary)
    {
        var changes = new Dictionary<string, SummarisedChange>(StringComparer.Ordinal);
        foreach (var change in summary.Changes)
            changes[ChangeFingerprint.NameOf(change.Address, change.Deposed)] = new(change.Action.Verb(), change.Attributes);
        foreach (var output in summary.Outputs)
            changes[$"output.{output.Name}"] = new(output.Action.Verb(), output.Attributes);
        return changes;
    }

    /// <summary>What is said differently, a line each; that something differs is said even when nothing of it may be shown.</summary>
    public static ValueList<string> Compared(SummarisedChange? earlier, SummarisedChange? now)
    {
        var (before, after) = (ByPath(earlier), ByPath(now));
        var lines = new List<string>();
        if (earlier is not null && now is not null && earlier.Word != now.Word)
            lines.Add($"{now.Word} (was {earlier.Word})");
        foreach (var path in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, isNow) = (before.GetValueOrDefault(path), after.GetValueOrDefault(path));
            if (was == isNow)
                continue;
            lines.Add(isNow is null ? $"{path}: as it is (was {Values(was!)})" : was is null ? Line(isNow) : $"{Line(isNow)} (was {Values(was)})");
        }

        return lines.Count == 0 ? [Unshown] : [.. lines];
    }

    private static Dictionary<string, AttributeChange> ByPath(SummarisedChange? change) =>
        (change?.Attributes ?? []).GroupBy(attribute => attribute.Path, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    private static string Line(AttributeChange change) => $"{change.Path}: {Values(change)}";

    private static string Values(AttributeChange change) => $"{change.Old} → {change.New}{(change.ForcesReplacement ? ", forces replacement" : "")}";
}
