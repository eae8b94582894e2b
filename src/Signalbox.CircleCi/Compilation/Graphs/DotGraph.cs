using System.Text;

namespace Signalbox.CircleCi.Compilation.Graphs;

/// <summary>Workflows in the language of Graphviz.</summary>
public static class DotGraph
{
    public static string Draw(IReadOnlyList<WorkflowGraph> graphs)
    {
        var text = new StringBuilder("digraph pipeline {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
        for (var number = 0; number < graphs.Count; number++)
        {
            var graph = graphs[number];
            text.Append($"  subgraph cluster_{number} {{\n    label={Quoted(graph.Name)};\n");
            foreach (var job in graph.Jobs)
                text.Append($"    {Id(number, job.Name)} [label={Quoted(job.Name)}{Shape(job)}];\n");
            foreach (var job in graph.Jobs)
            {
                foreach (var required in job.Requires)
                    text.Append($"    {Id(number, required.Job)} -> {Id(number, job.Name)}{(required.Statuses == "success" ? "" : $" [label={Quoted(required.Statuses)}]")};\n");
            }

            text.Append("  }\n");
        }

        return text.Append('}').ToString();
    }

    private static string Shape(GraphJob job) => job.Type switch
    {
        "build" => "",
        "approval" => ", shape=hexagon",
        _ => ", shape=ellipse",
    };

    private static string Id(int workflow, string job) => Quoted($"{workflow}/{job}");

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}
