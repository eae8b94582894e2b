using Signalbox.CircleCi.Syntax;
using Signalbox.Diagnostics;

namespace Signalbox.CircleCi.Compilation.Graphs;

/// <summary>The jobs of a compiled workflow and what each waits for.</summary>
/// <param name="Jobs">By stage, and within one as written.</param>
public sealed record WorkflowGraph(string Name, ValueList<GraphJob> Jobs)
{
    public static IReadOnlyList<WorkflowGraph> AllIn(CompiledDocument document) =>
        [.. document.Workflows.Select(workflow => Of(workflow.Name, (YamlNode.Mapping)workflow.Value, document.Jobs))];

    private static WorkflowGraph Of(string name, YamlNode.Mapping workflow, YamlNode.Mapping? bodies)
    {
        var written = workflow["jobs"] is YamlNode.Sequence list ? list.Items.Select(item => Job(item, bodies)).ToList() : [];
        var stages = new Dictionary<string, int>(StringComparer.Ordinal);
        var byName = written.ToDictionary(job => job.Name, StringComparer.Ordinal);
        foreach (var job in written)
            StageOf(job, byName, stages);
        return new WorkflowGraph(name, [.. written.Select(job => job with { Stage = stages[job.Name] }).OrderBy(job => job.Stage)]);
    }

    /// <summary>One after the latest of what it requires; the compiler has refused circles.</summary>
    private static void StageOf(GraphJob job, Dictionary<string, GraphJob> byName, Dictionary<string, int> stages)
    {
        // Without recursion: a chain may be thousands of jobs long.
        var open = new Stack<GraphJob>([job]);
        while (open.TryPeek(out var at))
        {
            var unknown = at.Requires.Where(required => byName.ContainsKey(required.Job) && !stages.ContainsKey(required.Job)).ToList();
            if (unknown.Count == 0)
            {
                stages[at.Name] = at.Requires.Select(required => stages.GetValueOrDefault(required.Job)).DefaultIfEmpty().Max() + 1;
                open.Pop();
            }

            foreach (var required in unknown)
                open.Push(byName[required.Job]);
        }
    }

    private static GraphJob Job(YamlNode entry, YamlNode.Mapping? bodies)
    {
        var (name, keys) = entry is YamlNode.Mapping { Entries: [var only] } ? (only.Name, only.Value as YamlNode.Mapping) : (((YamlNode.Scalar)entry).Text, null);
        var type = Text(keys?["type"]) ?? Text((bodies?[name] as YamlNode.Mapping)?["type"]) ?? "build";
        var requires = keys?["requires"] is YamlNode.Sequence required ? required.Items.Select(Requirement) : [];
        return new GraphJob(name, type, Stage: 0, [.. requires]);
    }

    private static GraphRequirement Requirement(YamlNode item) => item is YamlNode.Mapping { Entries: [var only] }
        ? new GraphRequirement(only.Name, only.Value is YamlNode.Sequence several ? string.Join(", ", several.Items.Select(Text)) : Text(only.Value) ?? "success")
        : new GraphRequirement(Text(item) ?? "", "success");

    private static string? Text(YamlNode? node) => (node as YamlNode.Scalar)?.Text;
}

/// <param name="Type">As CircleCI writes it: `build`, `approval`, `no-op`, `lock` and so on.</param>
/// <param name="Stage">From 1: one more than the latest stage that it waits for.</param>
public sealed record GraphJob(string Name, string Type, int Stage, ValueList<GraphRequirement> Requires);

/// <param name="Statuses">`success`, or what else is waited for.</param>
public sealed record GraphRequirement(string Job, string Statuses);
