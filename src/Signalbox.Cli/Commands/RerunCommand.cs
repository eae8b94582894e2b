using System.CommandLine;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Cli.Help;
using Signalbox.Cli.Running;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox rerun RUN [--from-failed | --failed-tests | --job JOB…]`.</summary>
internal static class RerunCommand
{
    public static Command Create(Invocation invocation)
    {
        var run = RunArguments.Run();
        var fromFailed = new Option<bool>("--from-failed") { Description = "Keep what succeeded, its approvals and its workspace" };
        var failedTests = new Option<bool>("--failed-tests") { Description = "As `--from-failed`, and `circleci tests run` runs only the tests that failed" };
        var jobs = new Option<string[]>("--job") { Description = "Repeat this job and what waits for it, and keep every other job's ending", HelpName = "job", DefaultValueFactory = _ => [] };
        var command = new Command("rerun", "Repeat a run with the same commit, config and parameters.") { run, fromFailed, failedTests, jobs };
        command.Validators.Add(result =>
        {
            if (new[] { result.GetValue(fromFailed), result.GetValue(failedTests), result.GetValue(jobs)!.Length > 0 }.Count(isGiven => isGiven) > 1)
                result.AddError("`--from-failed`, `--failed-tests` and `--job` choose differently; give one of them");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!(await RunArguments.Find(invocation, parsed.GetRequiredValue(run), cancellation)).Succeeded(out var found, out var problems))
                return invocation.Refuse(parsed, problems);
            if (!found.IsOver)
                return invocation.Refuse(parsed, [RunRules.RunIsAlive.Without($"run {found.Origin.Number} is not over: {found.Status().Word()}", $"run `signalbox resume {found.Origin.Number}` or `signalbox cancel {found.Origin.Number}`")]);
            if (parsed.GetValue(fromFailed) && found.Status() == RunStatus.Success)
                return invocation.Refuse(parsed, [RunRules.NothingFailed.Without($"run {found.Origin.Number} succeeded", $"run `signalbox rerun {found.Origin.Number}` to repeat all of it")]);
            if (parsed.GetValue(failedTests) && !found.JobsWithFailedTests.Any())
                return invocation.Refuse(parsed, [RunRules.NothingFailed.Without($"no job of run {found.Origin.Number} stored a test that failed", $"run `signalbox rerun {found.Origin.Number} --from-failed` to repeat the jobs that failed; tests come from `store_test_results`")]);
            if (!Selected(found, parsed.GetValue(jobs)!).Succeeded(out var selected, out problems))
                return invocation.Refuse(parsed, problems);
            RerunExtent extent = selected.Count > 0 ? new RerunExtent.Selected(selected)
                : parsed.GetValue(failedTests) ? new RerunExtent.FailedTests()
                : parsed.GetValue(fromFailed) ? new RerunExtent.FromFailed()
                : new RerunExtent.Whole();
            return await Rerun(invocation, parsed, found, extent, cancellation);
        });
        return command.WithExamples(
            "signalbox rerun last --from-failed",
            "signalbox rerun 12 --job verify-prod-endpoints",
            "signalbox rerun 12 --failed-tests --json");
    }

    private static Outcome<ValueList<string>> Selected(RunState run, string[] jobs)
    {
        var names = run.Plan.Select(job => job.Name).ToList();
        var problems = new Problems();
        foreach (var job in jobs.Except(names, StringComparer.Ordinal))
        {
            problems.Add(RunRules.NoSuchJob.Without(
                $"run {run.Origin.Number} has no job {Culprit.Quote(job)}",
                NearestName.Of(job, names) is { } nearest ? $"did you mean `{nearest}`?" : $"its jobs are {string.Join(", ", names.Select(Culprit.Quote))}"));
        }

        return problems.Conclude(() => (ValueList<string>)[.. jobs]);
    }

    private static async Task<int> Rerun(Invocation invocation, ParseResult parsed, RunState earlier, RerunExtent extent, CancellationToken cancellation)
    {
        await using var watched = new WatchedRuns(invocation, parsed);
        var options = new SessionOptions { Listener = watched, StaysOnHold = watched.CanAsk, Policy = earlier.Origin.Policy };
        if (!(await RunSession.Open(invocation, options, cancellation)).Succeeded(out var session, out var problems))
            return invocation.Refuse(parsed, problems);
        await using (session)
        {
            if (!(await session.Dispatcher.Rerun(earlier, extent, session.Person, cancellation)).Succeeded(out var run, out problems))
                return invocation.Refuse(parsed, problems);
            return await watched.ToTheEnd(session, [run], cancellation);
        }
    }
}
