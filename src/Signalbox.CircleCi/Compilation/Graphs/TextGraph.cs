using System.Text;

namespace Signalbox.CircleCi.Compilation.Graphs;

/// <summary>A workflow as lines: stage, job, what it waits for.</summary>
public static class TextGraph
{
    /// <summary>Without a line break at the end.</summary>
    public static string Draw(IReadOnlyList<WorkflowGraph> graphs)
    {
        var text = new StringBuilder();
        foreach (var graph in graphs)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(graph.Name).Append('\n');
            var width = graph.Jobs.Select(job => Label(job).Length).DefaultIfEmpty().Max();
            var digits = graph.Jobs.Select(job => job.Stage.ToString().Length).DefaultIfEmpty().Max();
            var stage = 0;
            foreach (var job in graph.Jobs)
            {
                var number = job.Stage == stage ? "" : job.Stage.ToString();
                stage = job.Stage;
                var after = job.Requires.Count == 0 ? "" : $"after {string.Join(", ", job.Requires.Select(Told))}";
                text.Append($"  {number.PadLeft(digits)}  {Label(job).PadRight(width)}  {after}".TrimEnd()).Append('\n');
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Label(GraphJob job) => job.Type == "build" ? job.Name : $"{job.Name} ({job.Type})";

    private static string Told(GraphRequirement required) => required.Statuses == "success" ? required.Job : $"{required.Job} [{required.Statuses}]";
}
