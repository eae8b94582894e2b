using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Jobs;

/// <summary>Joins two `environment` values, of which the later wins. Each is a mapping, or a list of one-key mappings and `K=V`.</summary>
internal static class EnvironmentMerge
{
    public static YamlNode Join(YamlNode earlier, YamlNode later)
    {
        if (earlier is YamlNode.Scalar { IsNull: true })
            return later;
        if (later is YamlNode.Scalar { IsNull: true })
            return earlier;
        if (earlier is YamlNode.Mapping under && later is YamlNode.Mapping over)
            return YamlNode.Mapping.At(later, [.. under.Entries.Where(entry => over.Find(entry.Name) is null), .. over.Entries]);
        return YamlNode.Sequence.At(later, [.. Items(earlier), .. Items(later)]);
    }

    private static IEnumerable<YamlNode> Items(YamlNode environment) => environment switch
    {
        YamlNode.Mapping mapping => mapping.Entries.Select(entry => YamlNode.Mapping.At(entry.Value, [entry])),
        YamlNode.Sequence list => list.Items,
        _ => [environment],
    };
}
