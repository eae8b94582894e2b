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

    private Section(Setting setting, SectionShape shape, ValueList<Setting> settings) =>
        (_setting, _shape, Settings) = (setting, shape, settings);

    /// <summary>Where the key of the whole mapping stands.</summary>
    public Span NameSpan => _setting.NameSpan;

    /// <summary>The known keys that are there, in the order of the file.</summary>
    public ValueList<Setting> Settings { get; }

    public static Section Of(Setting setting, SectionShape shape, YamlNode.Mapping mapping)
    {
        var reading = setting.Reading;
        var settings = new List<Setting>();
        foreach (var entry in mapping.Entries)
        {
            if (shape.Knows(entry.Name))
                settings.Add(new Setting(reading, Join(setting.Address, entry.Name), entry.Name, entry.NameSpan, entry.Value));
            else
                reading.Problems.Add(Unknown(reading.Source, setting, shape, entry));
        }

        return new Section(setting, shape, [.. settings]);
    }

    public Setting? Find(string key)
    {
        if (!_shape.Knows(key))
            throw new ArgumentException($"The shape of this section lacks {key}.", nameof(key));
        return Settings.FirstOrDefault(setting => setting.Name == key);
    }

    /// <summary>As <see cref="Find"/>; an absent key is reported.</summary>
    /// <param name="key">The key.</param>
    /// <param name="example">A line that would give it.</param>
    public Setting? Require(string key, string example)
    {
        if (Find(key) is { } setting)
            return setting;
        var subject = _setting.Address.Length > 0 ? Culprit.Quote(_setting.Address) : "the file";
        _setting.Reading.Problems.Add(MissingKey.At(_setting.Reading.Source, _setting.NameSpan, $"{subject} has no `{key}`", $"add `{example}`"));
        return null;
    }

    private static Diagnostic Unknown(SourceText source, Setting setting, SectionShape shape, YamlEntry entry)
    {
        var owner = setting.Address.Length > 0 ? Culprit.Quote(setting.Address) : "signalbox.yml";
        return UnknownKey.At(source, entry.NameSpan, $"{Culprit.Quote(entry.Name)} is not a key of {owner}", Hint(shape, entry.Name));
    }

    private static string Hint(SectionShape shape, string key)
    {
        var names = shape.Keys.Select(known => known.Name);
        if (NearestName.Of(key, names) is { } nearest)
            return $"did you mean `{nearest}`?";
        var elsewhere = FileSection.Shape.Paths().FirstOrDefault(path => path.EndsWith($".{key}", StringComparison.Ordinal));
        return elsewhere is null
            ? $"its keys are {string.Join(", ", names.Select(name => $"`{name}`"))}"
            : $"it belongs to `{elsewhere[..^(key.Length + 1)].Replace(SectionShape.AnyName, "NAME", StringComparison.Ordinal)}`; move it there";
    }

    private static string Join(string address, string name) => address.Length > 0 ? $"{address}.{name}" : name;
}
