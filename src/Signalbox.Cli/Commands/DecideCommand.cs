using System.CommandLine;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox approve|reject RUN JOB`: a person's word on a hold, from anywhere, also after a reboot.</summary>
internal static class DecideCommand
{
    public static Command CreateApprove(Invocation invocation)
    {
        var command = new Command("approve", "Approve a job that waits for a person, and go on with its run.");
        Complete(command, invocation, approves: true);
        return command.WithExamples(
            "signalbox approve 12 hold-prod-apply",
            "signalbox approve last hold-prod-apply --no-wait",
            "signalbox approve 0193f1c2 hold-prod-apply --json");
    }

    public static Command CreateReject(Invocation invocation)
    {
        var command = new Command("reject", "Reject a job that waits for a person: what requires it does not run.");
        Complete(command, invocation, approves: false);
        return command.WithExamples(
            "signalbox reject 12 hold-prod-apply",
            "signalbox reject last hold-prod-apply --no-wait",
            "signalbox reject 0193f1c2 hold-prod-apply --json");
    }

    private static void Complete(Command command, Invocation invocation, bool approves)
    {
        var run = RunArguments.Run();
        var job = new Argument<string>("job") { Description = "The job that waits" };
        var noWait = new Option<bool>("--no-wait") { Description = "Only write it down; `signalbox resume` goes on" };
        command.Add(run);
        command.Add(job);
        command.Add(noWait);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!(await RunArguments.Find(invocation, parsed.GetRequiredValue(run), cancellation)).Succeeded(out var found, out var problems)
                || !Hold(found, parsed.GetRequiredValue(job)).Succeeded(out var name, out problems))
            {
                return invocation.Refuse(parsed, problems);
            }

            var id = found.Origin.Id;
            return await new RunMover(invocation, parsed).Move(
                found,
                (client, stop) => approves ? client.Approve(id.ToString(), id.OfJob(name).ToString("D"), stop) : client.CancelJob(id.OfJob(name).ToString("D"), stop),
                (person, at) => approves ? new RunEvent.Approved(name, person) { At = at } : new RunEvent.Rejected(name, person) { At = at },
                $"{(approves ? "approved" : "rejected")} {name} of run {found.Origin.Number}",
                drivesOn: !parsed.GetValue(noWait),
                cancellation);
        });
    }

    private static Outcome<string> Hold(RunState run, string word)
    {
        if (!RunSearch.Job(run, word).Succeeded(out var name, out var problems))
            return new Outcome<string>.Failure(problems);
        var job = run[name];
        if (job.Phase == JobPhase.OnHold)
            return name;
        var why = run.Planned(name).Kind != JobKind.Approval ? "is no approval"
            : job.Phase == JobPhase.Blocked ? "waits for what it requires first"
            : job.DecidedBy is { } person ? $"was {(job.Ending == TerminalStatus.Success ? "approved" : "rejected")} by {person}"
            : $"is {job.Word().Replace('_', ' ')}";
        var holds = run.Plan.Where(planned => run[planned.Name].Phase == JobPhase.OnHold).Select(planned => Culprit.Quote(planned.Name)).ToList();
        return RunRules.NotOnHold.Without(
            $"{Culprit.Quote(name)} {why}",
            holds.Count > 0 ? $"what waits is {string.Join(", ", holds)}" : $"run `signalbox show {run.Origin.Number}` to see how far it is");
    }
}
