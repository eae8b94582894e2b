using System.CommandLine;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox rerun RUN [--from-failed]`.</summary>
internal static class RerunCommand
{
    public static Command Create(Invocation invocation)
    {
        var run = RunArguments.Run();
        var fromFailed = new Option<bool>("--from-failed") { Description = "Keep what succeeded, its approvals and its workspace" };
        var command = new Command("rerun", "Repeat a run with the same commit, config and parameters.") { run, fromFailed };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!(await RunArguments.Find(invocation, parsed.GetRequiredValue(run), cancellation)).Succeeded(out var found, out var problems))
                return invocation.Refuse(parsed, problems);
            if (!found.IsOver)
                return invocation.Refuse(parsed, [RunRules.RunIsAlive.Without($"run {found.Origin.Number} is not over: {found.Status().Word()}", $"run `signalbox resume {found.Origin.Number}` or `signalbox cancel {found.Origin.Number}`")]);
            if (parsed.GetValue(fromFailed) && found.Status() == RunStatus.Success)
                return invocation.Refuse(parsed, [RunRules.NothingFailed.Without($"run {found.Origin.Number} succeeded", $"run `signalbox rerun {found.Origin.Number}` to repeat all of it")]);
            return await Rerun(invocation, parsed, found, parsed.GetValue(fromFailed), cancellation);
        });
        return command.WithExamples(
            "signalbox rerun last --from-failed",
            "signalbox rerun 12",
            "signalbox rerun 12 --from-failed --json");
    }

    private static async Task<int> Rerun(Invocation invocation, ParseResult parsed, RunState earlier, bool fromFailed, CancellationToken cancellation)
    {
        await using var watched = new WatchedRuns(invocation, parsed);
        var options = new SessionOptions { Listener = watched, StaysOnHold = watched.CanAsk, Policy = earlier.Origin.Policy };
        if (!(await RunSession.Open(invocation, options, cancellation)).Succeeded(out var session, out var problems))
            return invocation.Refuse(parsed, problems);
        await using (session)
        {
            if (!(await session.Dispatcher.Rerun(earlier, fromFailed, session.Person, cancellation)).Succeeded(out var run, out problems))
                return invocation.Refuse(parsed, problems);
            return await watched.ToTheEnd(session, [run], cancellation);
        }
    }
}
