using System.Text;

namespace Signalbox.CircleCi.Compilation.Graphs;

/// <summary>Workflows as a Mermaid flowchart, which code hosts draw in Markdown.</summary>
public static class MermaidGraph
{
    public static string Draw(IReadOnlyList<WorkflowGraph> graphs)
    {
        var text = new StringBuilder("flowchart LR\n");
        for (var number = 0; number < graphs.Count; number++)
        {
            var graph = graphs[number];
            var ids = graph.Jobs.Select((job, index) => (job.Name, Id: $"w{number}j{index}")).ToDictionary(pair => pair.Name, pair => pair.Id, StringComparer.Ordinal);
            text.Append($"  subgraph w{number}[{Quoted(graph.Name)}]\n");
            foreach (var job in graph.Jobs)
                text.Append($"    {ids[job.Name]}{Shape(job)}\n");
            foreach (var job in graph.Jobs)
            {
                foreach (var required in job.Requires.Where(required => ids.ContainsKey(required.Job)))
                    text.Append($"    {ids[required.Job]} -->{(required.Statuses == "success" ? "" : $"|{Quoted(required.Statuses)}|")} {ids[job.Name]}\n");
            }

            text.Append("  end\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Shape(GraphJob job) => job.Type switch
    {
        "build" => $"[{Quoted(job.Name)}]",
        "approval" => $"{{{{{Quoted(job.Name)}}}}}",
        _ => $"([{Quoted(job.Name)}])",
    };

    private static string Quoted(string text) => $"\"{text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}
