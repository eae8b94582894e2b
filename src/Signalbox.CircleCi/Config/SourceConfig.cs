using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Config;

/// <summary>A config as it was written, cut into its sections. Top-level keys that CircleCI does not know are ignored.</summary>
internal sealed record SourceConfig(YamlNode.Mapping Root, bool IsReusable)
{
    private static readonly Rule NotAConfig = new("SB1014", Severity.Error, "This is no config");
    private static readonly Rule UnknownVersion = new("SB1015", Severity.Error, "The version of the config is not known");
    private static readonly Rule WrongShape = new("SB1016", Severity.Error, "A section has the wrong shape");

    /// <summary>False for version 2, in which nothing is substituted.</summary>
    public bool IsReusable { get; } = IsReusable;

    /// <returns>Null when the text is no config, which was reported.</returns>
    public static SourceConfig? Read(SourceText source, Problems problems, CompilationReport report)
    {
        var root = YamlReader.Read(source, problems);
        if (problems.HasErrors)
            return null;
        if (root is not YamlNode.Mapping mapping)
        {
            var what = root is null or YamlNode.Scalar { IsNull: true } ? "the file is empty" : $"the file is {root.Kind}, not a mapping";
            report.Add(NotAConfig, source, new Span(0, 0), what, "begin with `version: 2.1`, then `jobs:` and `workflows:`");
            return null;
        }

        switch (mapping["version"])
        {
            case YamlNode.Scalar { Text: "2.1" }:
                return new SourceConfig(mapping, IsReusable: true);
            case YamlNode.Scalar { Text: "2" or "2.0" }:
                return new SourceConfig(mapping, IsReusable: false);
            case null:
                report.Add(UnknownVersion, source, new Span(0, 0), "`version` is missing", "add `version: 2.1` at the top");
                return null;
            case var other:
                report.Add(UnknownVersion, other, $"{Culprit.Quote((other as YamlNode.Scalar)?.Text ?? other.Kind)} is not a version", "write `version: 2.1`");
                return null;
        }
    }

    /// <summary>Version 2 has no commands, executors and orbs, whatever stands under these keys.</summary>
    public static YamlNode.Mapping OnlyJobs(YamlNode.Mapping root) => YamlNode.Mapping.At(root, root.Entries.Where(entry => entry.Name == "jobs"));

    /// <summary>The entries of a section; reported when it is no mapping.</summary>
    public static IEnumerable<YamlEntry> Section(YamlNode.Mapping root, string name, CompilationReport report)
    {
        switch (root[name])
        {
            case null or YamlNode.Scalar { IsNull: true }:
                return [];
            case YamlNode.Mapping mapping:
                return mapping.Entries;
            case var other:
                report.Add(WrongShape, other, $"{Culprit.Quote(name)} is {other.Kind}, not a mapping of names", $"write `{name}:` with a name on each line below it");
                return [];
        }
    }

    /// <summary>Adds what a section declares; a job may be declared without a body, since nobody may invoke it.</summary>
    public static void Declare(YamlNode.Mapping root, string section, Dictionary<string, Element> elements, ElementScope scope, CompilationReport report)
    {
        foreach (var entry in Section(root, section, report))
        {
            switch (entry.Value)
            {
                case YamlNode.Mapping body:
                    elements.Add(entry.Name, new Element(entry.Name, entry.Key, body, scope));
                    break;
                case YamlNode.Scalar { IsNull: true }:
                    elements.Add(entry.Name, new Element(entry.Name, entry.Key, YamlNode.Mapping.At(entry.Key, []), scope));
                    break;
                default:
                    report.Add(WrongShape, entry.Value, $"{Culprit.Quote(entry.Name)} in `{section}` is {entry.Value.Kind}, not a mapping", "write its keys below it, indented further");
                    break;
            }
        }
    }
}
