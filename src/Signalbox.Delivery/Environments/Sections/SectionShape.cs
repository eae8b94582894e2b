using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>The keys that a mapping of signalbox.yml may have; its JSON Schema and its reference are tested against these.</summary>
internal sealed record SectionShape(ValueList<KnownKey> Keys)
{
    /// <summary>Stands for a name that people choose.</summary>
    public const string AnyName = "*";

    /// <summary>A mapping whose keys are names.</summary>
    public static SectionShape OfNames(SectionShape? each = null) => new([new KnownKey(AnyName, each)]);

    public IEnumerable<string> Names => Keys.Select(key => key.Name);

    public bool Knows(string key) => Keys.Any(known => known.Name == key || known.Name == AnyName);

    /// <summary>Every key below this mapping with its way there, such as `environments.*.plan.expires_after`.</summary>
    public IEnumerable<string> Paths() =>
        Keys.SelectMany(key => (key.Inside?.Paths() ?? []).Select(path => $"{key.Name}.{path}").Prepend(key.Name));
}

/// <param name="Inside">What the key's value must look like when it is a mapping.</param>
internal sealed record KnownKey(string Name, SectionShape? Inside = null);
