using System.CommandLine;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox cancel RUN [JOB]`.</summary>
internal static class CancelCommand
{
    public static Command Create(Invocation invocation)
    {
        var run = RunArguments.Run();
        var job = new Argument<string?>("job") { Description = "Only this job; else the whole run", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("cancel", "Cancel a run, or one of its jobs.") { run, job };
        command.SetAction((parsed, cancellation) => Cancel(invocation, parsed, parsed.GetRequiredValue(run), parsed.GetValue(job), cancellation));
        return command.WithExamples(
            "signalbox cancel 12",
            "signalbox cancel last terraform-prod-plan",
            "signalbox cancel 0193f1c2 --json");
    }

    private static async Task<int> Cancel(Invocation invocation, ParseResult parsed, string word, string? job, CancellationToken cancellation)
    {
        if (!(await RunArguments.Find(invocation, word, cancellation)).Succeeded(out var run, out var problems))
            return invocation.Refuse(parsed, problems);
        if (job is not null && !RunSearch.Job(run, job).Succeeded(out _, out problems))
            return invocation.Refuse(parsed, problems);
        if (run.IsOver || (job is not null && run[job].Phase == JobPhase.Ended))
            return invocation.Refuse(parsed, [RunRules.RunIsOver.Without($"run {run.Origin.Number} is over: {(job is null ? run.Status().Word() : run[job].Word())}", $"run `signalbox show {run.Origin.Number}`")]);

        var id = run.Origin.Id;
        return await new RunMover(invocation, parsed).Move(
            run,
            (client, stop) => job is null ? client.Cancel(id.ToString(), stop) : client.CancelJob(id.OfJob(job).ToString("D"), stop),
            (person, at) => new RunEvent.CancelAsked(job, person) { At = at },
            job is null ? $"run {run.Origin.Number} is being canceled" : $"{job} of run {run.Origin.Number} is being canceled",
            drivesOn: true,
            cancellation);
    }
}
