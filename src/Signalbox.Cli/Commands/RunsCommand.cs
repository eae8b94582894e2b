using System.CommandLine;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox runs`: what ran here, the newest first.</summary>
internal static class RunsCommand
{
    private const int Usual = 20;

    public static Command Create(Invocation invocation)
    {
        var limit = new Option<int>("--limit") { Description = "How many to list", HelpName = "n", DefaultValueFactory = _ => Usual };
        var command = new Command("runs", "List the runs of this repository, the newest first.") { limit };
        command.SetAction((parsed, cancellation) => List(invocation, parsed, parsed.GetValue(limit), cancellation));
        return command.WithExamples(
            "signalbox runs",
            "signalbox runs --limit 100",
            "signalbox runs --json");
    }

    private static async Task<int> List(Invocation invocation, ParseResult parsed, int limit, CancellationToken cancellation)
    {
        using var journal = await RunSession.Look(invocation, cancellation);
        var runs = journal is null ? [] : await new RunJournal(journal).Newest(limit, cancellation);
        var (terminal, now) = (invocation.Terminal, invocation.Clock.GetUtcNow());
        if (parsed.GetValue(Invocation.Json))
        {
            terminal.Json(json =>
            {
                json.WriteStartArray();
                foreach (var run in runs)
                {
                    json.WriteStartObject();
                    RunAnswer.WriteHead(json, run, now);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return ExitCode.Done;
        }

        if (runs.Count == 0)
            terminal.Say("nothing has run here yet; begin with `signalbox run WORKFLOW`");
        else
            Table(terminal, runs, now);
        return ExitCode.Done;
    }

    private static void Table(Terminal terminal, ValueList<RunState> runs, DateTimeOffset now)
    {
        var (numbers, names) = (runs.Max(run => run.Origin.Number.ToString().Length), runs.Max(run => run.Origin.Workflow.Length));
        foreach (var run in runs)
        {
            var origin = run.Origin;
            var status = terminal.Paint(RunAnswer.ColourOf(run.Status()), run.Status().Word().Replace('_', ' ').PadRight(9));
            var source = origin.Source.Tag ?? origin.Source.Branch ?? "detached";
            var took = Duration.Words((run.IsOver ? run.LastAt : now) - run.CreatedAt);
            terminal.Answer($"{origin.Number.ToString().PadLeft(numbers)}  {status}  {origin.Workflow.PadRight(names)}  {took,7}  {run.CreatedAt:yyyy-MM-dd HH:mm}  {source}");
        }
    }
}
