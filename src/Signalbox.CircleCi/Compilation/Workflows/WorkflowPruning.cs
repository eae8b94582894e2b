using Signalbox.CircleCi.Compilation.Patterns;
using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>Applies the `filters` of a compiled document to one pipeline (workflows documentation, "Branch-level job execution").</summary>
/// <remarks>
/// A branch runs a job without a `branches` filter; a tag does not run one without a `tags` filter. `only` decides alone where
/// it is given. A job that is filtered out disappears from what others require; one that loses all it required disappears too.
/// </remarks>
public static class WorkflowPruning
{
    /// <param name="branch">The pipeline's branch; null or empty on a tag.</param>
    /// <param name="tag">The pipeline's tag; null or empty on a branch.</param>
    /// <returns>The document without the jobs, workflows and filters that this pipeline does not run.</returns>
    public static CompiledDocument ForPipeline(CompiledDocument document, string? branch, string? tag)
    {
        var workflows = document.Workflows
            .Select(workflow => workflow with { Value = Prune((YamlNode.Mapping)workflow.Value, branch, tag) })
            .Where(workflow => workflow.Value is YamlNode.Mapping body && body["jobs"] is YamlNode.Sequence { Items.Length: > 0 })
            .ToArray();
        var used = workflows.SelectMany(workflow => Entries((YamlNode.Mapping)workflow.Value)).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var root = document.Root;
        return new CompiledDocument(YamlNode.Mapping.At(root, root.Entries.Select(entry => entry.Name switch
        {
            "jobs" when document.Jobs is { } jobs => entry with { Value = YamlNode.Mapping.At(jobs, jobs.Entries.Where(job => used.Contains(job.Name))) },
            "workflows" when entry.Value is YamlNode.Mapping all => entry with { Value = YamlNode.Mapping.At(all, [.. all.Entries.Where(other => other.Value is not YamlNode.Mapping), .. workflows]) },
            _ => entry,
        })));
    }

    /// <summary>Whether filters let a job run; no filters at all are null.</summary>
    public static bool Runs(YamlNode? filters, string? branch, string? tag)
    {
        var mapping = filters as YamlNode.Mapping;
        return string.IsNullOrEmpty(tag)
            ? mapping?["branches"] is not YamlNode.Mapping branches || Passes(branches, branch ?? "")
            : mapping?["tags"] is YamlNode.Mapping tags && Passes(tags, tag);
    }

    private static bool Passes(YamlNode.Mapping sides, string name)
    {
        if (sides["only"] is { } only and not YamlNode.Scalar { IsNull: true })
            return Matches(only, name);
        return sides["ignore"] is not { } ignore || !Matches(ignore, name);
    }

    private static bool Matches(YamlNode patterns, string name)
    {
        var items = patterns is YamlNode.Sequence list ? list.Items : [patterns];
        return items.Any(item => item is YamlNode.Scalar { Text: var text } && (text is ['/', .. var pattern, '/'] ? FullMatch.OfJava(pattern)?.Matches(name) == true : text == name));
    }

    private static YamlNode.Mapping Prune(YamlNode.Mapping workflow, string? branch, string? tag)
    {
        var entries = Entries(workflow).ToArray();
        var gone = entries.Where(entry => !Runs((entry.Value as YamlNode.Mapping)?["filters"], branch, tag)).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        for (var before = -1; before != gone.Count;)
        {
            before = gone.Count;
            gone.UnionWith(entries.Where(entry => Required(entry) is { Length: > 0 } required && required.All(item => gone.Contains(NameOf(item)))).Select(entry => entry.Name));
        }

        var left = entries.Where(entry => !gone.Contains(entry.Name)).Select(entry => Without(entry, gone));
        return YamlNode.Mapping.At(workflow, workflow.Entries.Select(entry => entry.Name == "jobs" ? entry with { Value = YamlNode.Sequence.At(entry.Value, left) } : entry));
    }

    private static IEnumerable<YamlEntry> Entries(YamlNode.Mapping workflow) => workflow["jobs"] is not YamlNode.Sequence jobs ? [] : jobs.Items.Select(item => item switch
    {
        YamlNode.Mapping { Entries: [var only] } => only,
        YamlNode.Scalar name => new YamlEntry(name, YamlNode.Scalar.Nothing(name)),
        _ => throw new System.Diagnostics.UnreachableException(),
    });

    private static YamlNode[] Required(YamlEntry entry) =>
        entry.Value is YamlNode.Mapping keys && keys["requires"] is YamlNode.Sequence required ? [.. required.Items] : [];

    private static string NameOf(YamlNode requirement) => requirement switch
    {
        YamlNode.Scalar name => name.Text,
        YamlNode.Mapping { Entries: [var only] } => only.Name,
        _ => "",
    };

    private static YamlNode Without(YamlEntry entry, HashSet<string> gone)
    {
        if (entry.Value is not YamlNode.Mapping keys)
            return entry.Key;
        var kept = keys.Entries
            .Where(key => key.Name != "filters")
            .Select(key => key.Name == "requires" ? key with { Value = YamlNode.Sequence.At(key.Value, Required(entry).Where(item => !gone.Contains(NameOf(item)))) } : key)
            .ToArray();
        return kept.Length == 0 ? entry.Key : YamlNode.Mapping.At(keys, [new YamlEntry(entry.Key, YamlNode.Mapping.At(keys, kept))]);
    }
}
