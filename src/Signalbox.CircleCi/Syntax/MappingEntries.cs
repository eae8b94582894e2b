using System.Collections.Immutable;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Syntax;

/// <summary>The entries of one mapping as they are read: what is written in it wins over what it merges, wherever it stands.</summary>
internal sealed class MappingEntries(SourceText source, Problems problems)
{
    private static readonly Rule DuplicateKey = new("SB1008", Severity.Warning, "A key is given twice");
    private static readonly Rule NotMergeable = new("SB1009", Severity.Error, "A merge key merges something that is no mapping");

    private readonly OrderedDictionary<string, (YamlEntry Entry, bool IsMerged)> _entries = new(StringComparer.Ordinal);

    public void Add(YamlNode.Scalar key, YamlNode value)
    {
        if (_entries.TryGetValue(key.Text, out var before) && !before.IsMerged)
        {
            var line = source.PositionOf(before.Entry.Key.Span.Start).Line;
            problems.Add(DuplicateKey.At(source, key.Span, $"{Culprit.Quote(key.Text)} was given already, in line {line}; this one is used", "keep one of the two"));
        }

        _entries[key.Text] = (new YamlEntry(key, value), IsMerged: false);
    }

    /// <summary>`&lt;&lt;: *one` or `&lt;&lt;: [*one, *two]`, where the earlier mapping wins.</summary>
    public void Merge(YamlNode.Scalar key, YamlNode merged)
    {
        switch (merged)
        {
            case YamlNode.Mapping mapping:
                foreach (var entry in mapping.Entries)
                    _entries.TryAdd(entry.Name, (entry, IsMerged: true));
                break;
            case YamlNode.Sequence several when several.Items.All(item => item is YamlNode.Mapping):
                foreach (var item in several.Items)
                    Merge(key, item);
                break;
            case YamlNode.Scalar { IsNull: true }:
                break;
            default:
                problems.Add(NotMergeable.At(source, key.Span, $"`<<` merges mappings, but this is {merged.Kind}", "merge an alias of a mapping, or a list of such aliases"));
                break;
        }
    }

    public ImmutableArray<YamlEntry> Conclude() => [.. _entries.Values.Select(item => item.Entry)];
}
