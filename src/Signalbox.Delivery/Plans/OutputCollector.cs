using System.Text.Json;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>Gathers root outputs from the three places where a plan tells of them.</summary>
internal sealed class OutputCollector
{
    private readonly Dictionary<string, PlannedOutput> _all = new(StringComparer.Ordinal);
    private readonly List<(string Name, PlannedAction Action, List<RawChange> Attributes)> _changed = [];

    public List<ChangeFingerprint> Fingerprints { get; } = [];

    public void Change(string name, JsonElement json, SensitiveValues secrets)
    {
        var (before, after) = (json.Member("before"), json.Member("after"));
        secrets.Add(before, json.Member("before_sensitive"));
        secrets.Add(after, json.Member("after_sensitive"));

        var action = PlannedActions.Of(json.Member("actions"))
            ?? throw new JsonException($"output `{name}` has an unfamiliar action");
        var isKnown = !json.Member("after_unknown").HoldsTrue;
        _all[name] = new PlannedOutput(
            name,
            action,
            json.Member("before_sensitive").HoldsTrue ? null : Text(before),
            json.Member("after_sensitive").HoldsTrue || !isKnown ? null : Text(after));
        if (action is PlannedAction.None)
            return;
        var differences = Differ.Compare(name, json);
        Fingerprints.Add(ChangeFingerprint.Of(name, action, differences));
        _changed.Add((name, action, [.. differences.Select(RawChange.Of)]));
    }

    /// <summary>An output in the planned values or the earlier state: not a change, but its value may be asked for, or secret.</summary>
    public void Value(string name, JsonElement json, SensitiveValues secrets)
    {
        var value = json.Member("value");
        if (json.Member("sensitive").IsTrue)
            secrets.AddAll(value);
        else
            _all.TryAdd(name, new PlannedOutput(name, PlannedAction.None, Before: null, Text(value)));
    }

    public ValueList<ChangedOutput> Changed(SecretScrubber scrubber) =>
    [
        .. _changed
            .OrderBy(output => output.Name, StringComparer.Ordinal)
            .Select(output => new ChangedOutput(
                EscapedText.Safe(output.Name),
                output.Action,
                [.. output.Attributes.Select(attribute => attribute.Finish(scrubber))])),
    ];

    public ValueList<PlannedOutput> All(SecretScrubber scrubber) =>
    [
        .. _all.Values
            .OrderBy(output => output.Name, StringComparer.Ordinal)
            .Select(output => output with { Before = Clean(output.Before, scrubber), After = Clean(output.After, scrubber) }),
    ];

    private static string? Clean(string? json, SecretScrubber scrubber) => json is null || scrubber.Finds(json) ? null : json;

    private static string? Text(JsonElement value) => value.IsAbsent ? null : value.GetRawText();
}
