using System.CommandLine;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;
using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox logs RUN [JOB [STEP]]`: what steps printed, also while they run.</summary>
internal sealed class LogsCommand(Invocation invocation, LogReader reader)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static Command Create(Invocation invocation)
    {
        var run = RunArguments.Run();
        var job = new Argument<string?>("job") { Description = "Only this job", Arity = ArgumentArity.ZeroOrOne };
        var step = new Argument<string?>("step") { Description = "Only this step: its number or its name", Arity = ArgumentArity.ZeroOrOne };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the run is over, or waits for a person" };
        var command = new Command("logs", "Print what the steps of a run printed, with secrets masked.") { run, job, step, follow };
        command.SetAction((parsed, cancellation) => new LogsCommand(invocation, new LogReader(invocation.Terminal, parsed.GetValue(Invocation.Json)))
            .Print(parsed, parsed.GetRequiredValue(run), parsed.GetValue(job), parsed.GetValue(step), parsed.GetValue(follow), cancellation));
        return command.WithExamples(
            "signalbox logs last",
            "signalbox logs -f 12 terraform-prod-plan",
            "signalbox logs 12 terraform-prod-plan 2 --json");
    }

    private async Task<int> Print(ParseResult parsed, string word, string? job, string? step, bool follows, CancellationToken cancellation)
    {
        if (!(await RunArguments.Find(invocation, word, cancellation)).Succeeded(out var run, out var problems))
            return invocation.Refuse(parsed, problems);
        if (job is not null && !RunSearch.Job(run, job).Succeeded(out _, out problems))
            return invocation.Refuse(parsed, problems);

        using var events = await EventJournal.Open(RunSession.Folders(invocation).Journal, cancellation);
        var journal = new RunJournal(events);
        while (true)
        {
            // What had happened before the logs were read: at the end of the run nothing is missed.
            var isLast = !follows || run.IsOver || run.Status() == RunStatus.OnHold;
            foreach (var (name, node, logged) in Steps(run, job, step))
                await reader.Print(name, run[name].Nodes.Count > 1 ? node : null, logged, cancellation);
            if (isLast)
                break;
            await Task.Delay(Pause, invocation.Clock, cancellation);
            run = await journal.Load(run.Origin.Id, cancellation) ?? run;
        }

        return reader.HasPrinted || step is null
            ? ExitCode.Done
            : invocation.Refuse(parsed, [RunRules.NoLog.Without($"{Culprit.Quote(job ?? "")} has no step {Culprit.Quote(step)}", $"run `signalbox logs {run.Origin.Number} {RunAnswer.Quoted(job ?? "")}` for all of them")]);
    }

    private static IEnumerable<(string Job, int Node, StepState Step)> Steps(RunState run, string? job, string? step) =>
        from planned in run.Plan
        where job is null || planned.Name == job
        from node in run[planned.Name].Nodes
        from logged in node.Steps
        where step is null || logged.Index.ToString() == step || logged.Title == step
        select (planned.Name, node.Index, logged);
}
