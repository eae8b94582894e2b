using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation;

/// <summary>
/// A config in CircleCI's own compiled form, version 2: the `jobs` that some kept workflow uses, and the `workflows`.
/// No parameters, commands, executors, orbs, conditions, matrices or job-groups are left; `run` is always a mapping.
/// </summary>
/// <remarks>
/// What whoever reads it has to know:
/// `environment` still holds YAML booleans, and a boolean that is a whole value reaches the shell as `1` or `0`;
/// it may be a mapping, or a list of one-key mappings and `K=V` texts;
/// an entry of a workflow's `jobs` is a name, or a mapping of one name to `type`, `requires`, `context`, `filters`, `key`, `serial-group`;
/// an entry of `type: approval` has no job behind it; `lock` and `unlock` jobs have `type` and `key` in `jobs`;
/// `filters` are always mappings; `WorkflowPruning` decides them for a branch or a tag.
/// </remarks>
public sealed record CompiledDocument(YamlNode.Mapping Root)
{
    /// <summary>By name; null when no workflow was kept.</summary>
    public YamlNode.Mapping? Jobs => Root["jobs"] as YamlNode.Mapping;

    /// <summary>By name, without the `version` that stands among them.</summary>
    public IEnumerable<YamlEntry> Workflows =>
        Root["workflows"] is YamlNode.Mapping workflows ? workflows.Entries.Where(entry => entry.Value is YamlNode.Mapping) : [];

    /// <summary>Always the same text for the same config.</summary>
    public string ToYaml() => YamlWriter.Write(Root);
}
