using Signalbox.CircleCi.Config;
using Signalbox.CircleCi.Syntax;

namespace Signalbox.CircleCi.Compilation.Workflows;

/// <summary>Writes planned workflows down in the compiled form.</summary>
internal static class DocumentAssembly
{
    /// <param name="scope">The order of the config's own jobs, which the compiled ones follow.</param>
    public static CompiledDocument Assemble(YamlNode root, IReadOnlyList<PlannedWorkflow> workflows, ElementScope scope)
    {
        FinalNames.Separate([.. workflows.Select(workflow => workflow.Jobs)]);
        var order = scope.Jobs.Keys.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        var jobs = workflows
            .SelectMany(workflow => workflow.Jobs)
            .Where(job => job.Body is not null)
            .DistinctBy(job => job.FinalName, StringComparer.Ordinal)
            .OrderBy(job => order.GetValueOrDefault(job.At.Text, int.MaxValue))
            .Select(job => new YamlEntry(YamlNode.Scalar.OfText(job.At, job.FinalName), job.Body!));

        return new CompiledDocument(YamlNode.Mapping.At(root,
        [
            YamlEntry.Of("version", YamlNode.Scalar.OfNumber(root, 2)),
            YamlEntry.Of("jobs", YamlNode.Mapping.At(root, jobs)),
            YamlEntry.Of("workflows", YamlNode.Mapping.At(root, [YamlEntry.Of("version", YamlNode.Scalar.OfNumber(root, 2)), .. workflows.Select(Workflow)])),
        ]));
    }

    private static YamlEntry Workflow(PlannedWorkflow workflow)
    {
        var jobs = YamlNode.Sequence.At(workflow.Source.Value, workflow.Jobs.Select(Job));
        return new YamlEntry(workflow.Source.Key, YamlNode.Mapping.At(workflow.Source.Value, [.. workflow.Rest, YamlEntry.Of("jobs", jobs)]));
    }

    private static YamlNode Job(PlannedJob job)
    {
        var name = YamlNode.Scalar.OfText(job.At, job.FinalName);
        var keys = new List<YamlEntry>();
        if (job.Body is null)
            keys.Add(YamlEntry.Of("type", YamlNode.Scalar.OfText(job.At, "approval")));
        if (job.Requires.Count > 0)
            keys.Add(YamlEntry.Of("requires", YamlNode.Sequence.At(job.At, Requirements(job))));
        if (job.Context is not null and not YamlNode.Scalar { Text: "" })
            keys.Add(YamlEntry.Of("context", job.Context));
        if (job.Filters is not null)
            keys.Add(YamlEntry.Of("filters", job.Filters));
        return keys.Count == 0 ? name : YamlNode.Mapping.At(job.At, [new YamlEntry(name, YamlNode.Mapping.At(job.At, keys))]);
    }

    private static IEnumerable<YamlNode> Requirements(PlannedJob job) => job.Requires.Select(required =>
    {
        var name = YamlNode.Scalar.OfText(job.At, required.Job.FinalName);
        return required.Statuses is null ? (YamlNode)name : YamlNode.Mapping.At(job.At, [new YamlEntry(name, required.Statuses)]);
    });
}
