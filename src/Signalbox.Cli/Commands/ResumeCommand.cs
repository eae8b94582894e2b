using System.CommandLine;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox resume RUN`: goes on with a run whose engine ended, however it ended.</summary>
internal static class ResumeCommand
{
    public static Command Create(Invocation invocation)
    {
        var run = RunArguments.Run();
        var interrupted = new Option<string>("--interrupted") { Description = "A job that was under way is to `rerun`, the default, or to `fail`", HelpName = "what", DefaultValueFactory = _ => "rerun" };
        interrupted.AcceptOnlyFromAmong("rerun", "fail");
        var command = new Command("resume", "Go on with a run whose engine was ended, even by kill -9 or a reboot. Finished jobs stay finished.") { run, interrupted };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!(await RunArguments.Find(invocation, parsed.GetRequiredValue(run), cancellation)).Succeeded(out var found, out var problems))
                return invocation.Refuse(parsed, problems);
            if (found.IsOver)
                return invocation.Refuse(parsed, [RunRules.RunIsOver.Without($"run {found.Origin.Number} is over: {found.Status().Word()}", $"run `signalbox rerun {found.Origin.Number}` to repeat it")]);
            var policy = parsed.GetValue(interrupted) == "fail" ? InterruptedJob.Fail : InterruptedJob.Rerun;
            return await new RunMover(invocation, parsed).DriveOn(found, policy, cancellation);
        });
        return command.WithExamples(
            "signalbox resume last",
            "signalbox resume 12 --interrupted fail",
            "signalbox resume 12 --json");
    }
}
