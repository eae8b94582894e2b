using Signalbox.Delivery.Environments.Yaml;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>A mapping whose shape is known.</summary>
internal sealed class Section
{
    private static readonly Rule UnknownKey = new("SB3010", Severity.Error, "A key is not known");
    private static readonly Rule MissingKey = new("SB3011", Severity.Error, "A required key is missing");

    private readonly Setting _setting;
    private readonly SectionShape _shape;
    private readonly ValueList<string> _misspelt;

    private Section(Setting setting, SectionShape shape, ValueList<Setting> settings, ValueList<string> misspelt) =>
        (_setting, _shape, Settings, _misspelt) = (setting, shape, settings, misspelt);

    /// <summary>Where the key of the whole mapping stands.</summary>
    public Span NameSpan => _setting.NameSpan;

    /// <summary>The known keys that are there, in the order of the file.</summary>
    public ValueList<Setting> Settings { get; }

    public static Section Of(Setting setting, SectionShape shape, YamlNode.Mapping mapping)
    {
        var reading = setting.Reading;
        var settings = new List<Setting>();
        var misspelt = new List<string>();
        foreach (var entry in mapping.Entries)
        {
            if (shape.Knows(entry.Name))
            {
                settings.Add(new Setting(reading, Join(setting.Address, entry.Name), entry.Name, entry.NameSpan, entry.Value));
                continue;
            }

            var nearest = NearestName.Of(entry.Name, shape.Names);
            if (nearest is not null)
                misspelt.Add(nearest);
            var hint = nearest is not null ? $"did you mean `{nearest}`?" : PlaceFor(entry.Name, shape);
            reading.Problems.Add(UnknownKey.At(reading.Source, entry.NameSpan, $"{Culprit.Quote(entry.Name)} is not a key of {setting.Subject}", hint));
        }

        return new Section(setting, shape, [.. settings], [.. misspelt]);
    }

    public Setting? Find(string key)
    {
        if (!_shape.Knows(key))
            throw new ArgumentException($"The shape of this section lacks {key}.", nameof(key));
        return Settings.FirstOrDefault(setting => setting.Name == key);
    }

    /// <summary>As <see cref="Find"/>; an absent key is reported, unless a misspelling of it was.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hint">How to give it.</param>
    public Setting? Require(string key, string hint)
    {
        var found = Find(key);
        if (found is null && !_misspelt.Contains(key, StringComparer.Ordinal))
            _setting.Reading.Problems.Add(MissingKey.At(_setting.Reading.Source, _setting.NameSpan, $"{_setting.Subject} has no `{key}`", hint));
        return found;
    }

    /// <summary>A key that stands in the wrong section is more common than one that exists nowhere.</summary>
    private static string PlaceFor(string key, SectionShape shape)
    {
        var elsewhere = FileSection.Shape.Paths().FirstOrDefault(path => path.EndsWith($".{key}", StringComparison.Ordinal));
        return elsewhere is null
            ? $"its keys are {string.Join(", ", shape.Names.Select(name => $"`{name}`"))}"
            : $"it belongs to `{elsewhere[..^(key.Length + 1)].Replace(SectionShape.AnyName, "NAME", StringComparison.Ordinal)}`; move it there";
    }

    private static string Join(string address, string name) => address.Length > 0 ? $"{address}.{name}" : name;
}
