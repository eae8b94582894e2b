using System.Security;
using System.Text;

namespace Signalbox.CircleCi.Compilation.Graphs;

/// <summary>Workflows as one picture, below each other; it follows the viewer's light or dark scheme.</summary>
public static class SvgGraph
{
    private const int Margin = 24;
    private const int Heading = 40;

    private const string Style = """
        svg{font:13px ui-monospace,Menlo,Consolas,monospace;background:#fff}
        text{fill:#1f2933}.title{font-weight:bold;font-size:15px}.status{font-size:11px;fill:#a4480b}
        rect{fill:#f4f7fb;stroke:#5b7083}.approval rect{fill:#fff6df;stroke:#b7791f}.made rect{fill:#eef0f2;stroke-dasharray:4 3}
        path{fill:none;stroke:#7b8a99;stroke-width:1.5}.other{stroke:#c05621;stroke-dasharray:5 4}
        marker path{fill:#7b8a99;stroke:none}
        @media(prefers-color-scheme:dark){svg{background:#14181d}text{fill:#e4e9ee}.status{fill:#f0a868}
        rect{fill:#1f2730;stroke:#8499ad}.approval rect{fill:#3a2f16;stroke:#d6a243}.made rect{fill:#1a1f25}}
        """;

    public static string Draw(IReadOnlyList<WorkflowGraph> graphs)
    {
        var layouts = graphs.Select(graph => (Graph: graph, Layout: new LayeredLayout(graph))).ToList();
        var width = layouts.Select(pair => Math.Max(pair.Layout.Width, (pair.Graph.Name.Length * 10) + Margin)).Max() + (2 * Margin);
        var height = layouts.Sum(pair => pair.Layout.Height + Heading + Margin) + Margin;
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n");
        svg.Append($"<title>{Escaped(string.Join(", ", graphs.Select(graph => graph.Name)))}</title>\n<style>\n{Style}\n</style>\n");
        svg.Append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n");
        var top = Margin;
        foreach (var (graph, layout) in layouts)
        {
            svg.Append($"<g transform=\"translate({Margin} {top})\">\n<text class=\"title\" x=\"0\" y=\"16\">{Escaped(graph.Name)}</text>\n<g transform=\"translate(0 {Heading})\">\n");
            foreach (var job in graph.Jobs)
                Edges(svg, job, layout);
            foreach (var job in graph.Jobs)
                Job(svg, job, layout);
            svg.Append("</g>\n</g>\n");
            top += layout.Height + Heading + Margin;
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Job(StringBuilder svg, GraphJob job, LayeredLayout layout)
    {
        var box = layout[job.Name];
        var look = job.Type switch { "build" => "build", "approval" => "approval", _ => "made" };
        svg.Append($"<g class=\"{look}\"><title>{Escaped($"{job.Name} ({job.Type})")}</title><rect x=\"{box.Left}\" y=\"{box.Top}\" width=\"{box.Width}\" height=\"{LayeredLayout.BoxHeight}\" rx=\"6\"/>");
        svg.Append($"<text x=\"{box.Left + (box.Width / 2)}\" y=\"{box.Middle + 4}\" text-anchor=\"middle\">{Escaped(job.Name)}</text></g>\n");
    }

    private static void Edges(StringBuilder svg, GraphJob job, LayeredLayout layout)
    {
        var to = layout[job.Name];
        foreach (var required in job.Requires.Where(required => layout.Holds(required.Job)))
        {
            var from = layout[required.Job];
            var bend = (to.Left - from.Right) / 2;
            var isOther = required.Statuses != "success";
            svg.Append($"<path{(isOther ? " class=\"other\"" : "")} marker-end=\"url(#arrow)\" d=\"M{from.Right} {from.Middle} C{from.Right + bend} {from.Middle} {to.Left - bend} {to.Middle} {to.Left} {to.Middle}\"/>\n");
            if (isOther)
                svg.Append($"<text class=\"status\" x=\"{(from.Right + to.Left) / 2}\" y=\"{((from.Middle + to.Middle) / 2) - 6}\" text-anchor=\"middle\">{Escaped(required.Statuses)}</text>\n");
        }
    }

    private static string Escaped(string text) => SecurityElement.Escape(text);
}
