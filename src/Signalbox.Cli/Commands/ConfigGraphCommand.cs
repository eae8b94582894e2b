using System.CommandLine;
using System.Text.Json;
using Signalbox.CircleCi.Compilation.Graphs;
using Signalbox.Cli.Help;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox config graph`: which job waits for which.</summary>
internal static class ConfigGraphCommand
{
    private static readonly Rule NoSuchWorkflow = new("SB1150", Severity.Error, "There is no such workflow to draw");

    public static Command Create(Invocation invocation)
    {
        var workflow = new Argument<string?>("workflow") { Description = "One workflow; all of them when left out", Arity = ArgumentArity.ZeroOrOne };
        var config = new Option<string?>("--config") { Description = "The config, or - for standard input", HelpName = "file" };
        var format = new Option<string>("--format") { Description = "How to draw it", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "mermaid", "dot", "svg");
        var command = new Command("graph", "Draw the jobs of a CircleCI config and what each waits for.") { workflow, config, format };
        var choice = new ConfigChoice(command, invocation, parsed => parsed.GetValue(config));
        command.SetAction((parsed, cancellation) => Run(parsed, choice, parsed.GetValue(workflow), parsed.GetRequiredValue(format), invocation, cancellation));
        return command.WithExamples(
            "signalbox config graph",
            "signalbox config graph terraform-prod --format mermaid",
            "signalbox config graph --config - --format svg < config.yml > jobs.svg");
    }

    private static async Task<int> Run(ParseResult parsed, ConfigChoice choice, string? workflow, string format, Invocation invocation, CancellationToken cancellation)
    {
        if (!(await choice.Compile(parsed, checksEverything: false, cancellation)).Succeeded(out var result, out var problems))
            return invocation.Refuse(parsed, problems);
        if (result.Document is null)
            return invocation.Refuse(parsed, result.Diagnostics);

        var all = WorkflowGraph.AllIn(result.Document);
        var drawn = workflow is null ? all : [.. all.Where(graph => graph.Name == workflow)];
        if (drawn.Count == 0)
            return invocation.Refuse(parsed, [Missing(workflow, all)]);
        if (parsed.GetValue(Invocation.Json))
        {
            invocation.Terminal.Json(writer => Write(writer, drawn));
            return ExitCode.Done;
        }

        invocation.Terminal.Answer(format switch
        {
            "mermaid" => MermaidGraph.Draw(drawn),
            "dot" => DotGraph.Draw(drawn),
            "svg" => SvgGraph.Draw(drawn),
            _ => TextGraph.Draw(drawn),
        });
        return ExitCode.Done;
    }

    private static Diagnostic Missing(string? workflow, IReadOnlyList<WorkflowGraph> all)
    {
        if (workflow is null || all.Count == 0)
            return NoSuchWorkflow.Without("no workflow is kept with these parameters and values", "give others with `--param` and `--pipeline-value`");
        var near = NearestName.Of(workflow, all.Select(graph => graph.Name)) is { } found ? $"did you mean `{found}`?" : $"the workflows are {string.Join(", ", all.Select(graph => graph.Name))}";
        return NoSuchWorkflow.Without($"there is no workflow {Culprit.Quote(workflow)}", near);
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<WorkflowGraph> graphs)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("workflows");
        foreach (var graph in graphs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", graph.Name);
            writer.WriteStartArray("jobs");
            foreach (var job in graph.Jobs)
            {
                writer.WriteStartObject();
                writer.WriteString("name", job.Name);
                writer.WriteString("type", job.Type);
                writer.WriteNumber("stage", job.Stage);
                writer.WriteStartArray("requires");
                foreach (var required in job.Requires)
                {
                    writer.WriteStartObject();
                    writer.WriteString("job", required.Job);
                    writer.WriteString("status", required.Statuses);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
