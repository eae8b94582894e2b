using System.CommandLine;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox show RUN`: the jobs of a run and how they are.</summary>
internal static class ShowCommand
{
    public static Command Create(Invocation invocation)
    {
        var word = RunArguments.Run();
        var command = new Command("show", "Show a run: its jobs, who approved, what failed, what it left.") { word };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!(await RunArguments.Find(invocation, parsed.GetRequiredValue(word), cancellation)).Succeeded(out var run, out var problems))
                return invocation.Refuse(parsed, problems);
            var now = invocation.Clock.GetUtcNow();
            if (parsed.GetValue(Invocation.Json))
                invocation.Terminal.Json(json => RunAnswer.Write(json, run, now));
            else
                Show(invocation.Terminal, run, now);
            return ExitCode.Done;
        });
        return command.WithExamples(
            "signalbox show last",
            "signalbox show 12",
            "signalbox show 0193f1c2 --json");
    }

    private static void Show(Terminal terminal, RunState run, DateTimeOffset now)
    {
        terminal.Answer(RunLines.Heading(run.Origin));
        terminal.Answer($"  {run.Origin.Id}, by {run.Origin.StartedBy}, {run.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC");
        terminal.Answer($"  {terminal.Paint(RunAnswer.ColourOf(run.Status()), run.Status().Word().Replace('_', ' '))} after {Duration.Words((run.IsOver ? run.LastAt : now) - run.CreatedAt)}");
        terminal.Answer("");
        // Gates that let everything pass are not worth a line.
        var shown = run.Plan.Where(job => job.Kind is JobKind.Build or JobKind.Approval || run[job.Name].Ending is not TerminalStatus.Success).ToList();
        var width = shown.Select(job => job.Name.Length).DefaultIfEmpty().Max();
        foreach (var planned in shown)
        {
            var job = run[planned.Name];
            var colour = job.Ending is { } ending ? RunLines.ColourOf(ending) : Colour.Blue;
            var took = job.StartedAt is { } started ? Duration.Words((job.EndedAt ?? now) - started) : "";
            terminal.Answer($"  {terminal.Paint(colour, job.Word().Replace('_', ' ').PadRight(12))} {planned.Name.PadRight(width)}  {took,7}  {Detail(run, planned, job)}".TrimEnd());
            foreach (var step in job.Nodes.SelectMany(node => node.Steps).Where(step => step.Ending is not (null or CircleCi.Execution.Jobs.StepStatus.Success or CircleCi.Execution.Jobs.StepStatus.Skipped)))
                terminal.Answer($"               step {step.Index}: {step.Title}{(step.ExitCode is { } code ? $", exit code {code}" : "")}");
        }
    }

    private static string Detail(RunState run, PlannedJob planned, JobState job)
    {
        var tests = job.Nodes.Aggregate(new TestCount(0, 0, 0), (sum, node) => sum.And(node.Tests));
        var artifacts = job.Nodes.Sum(node => node.Artifacts.Count);
        string?[] details =
        [
            job.Reason,
            job is { DecidedBy: { } person, Ending: TerminalStatus.Success } ? $"approved by {person}" : null,
            job.KeptFrom is null ? null : "kept from an earlier run",
            job.Interruptions > 0 ? $"interrupted {job.Interruptions} times" : null,
            tests.Total > 0 ? $"{tests.Passed} tests passed, {tests.Failed} failed" : null,
            artifacts > 0 ? $"{artifacts} artifacts" : null,
            job.Phase == JobPhase.OnHold ? $"signalbox approve {run.Origin.Number} {RunAnswer.Quoted(planned.Name)}" : null,
        ];
        return string.Join("; ", details.OfType<string>());
    }
}
