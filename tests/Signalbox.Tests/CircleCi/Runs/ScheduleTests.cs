using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

public sealed class ScheduleTests
{
    [Fact]
    public async Task Jobs_run_after_what_they_require_and_side_by_side_where_they_may()
    {
        using var engine = await RunningEngine.Start();

        var run = await engine.Run(Graph.Of(
            Graph.Build("deploy", "ok", Graph.On("test-1"), Graph.On("test-2")),
            Graph.Build("test-1", "ok", Graph.On("build")),
            Graph.Build("test-2", "ok", Graph.On("build")),
            Graph.Build("build")));

        Assert.Equal(RunStatus.Success, run.Status());
        var order = engine.Jobs.Ran.Select(assignment => assignment.Job).ToList();
        Assert.Equal("build", order[0]);
        Assert.Equal("deploy", order[3]);
        Assert.Equal([1, 2, 3, 4], run.Jobs.Values.Select(job => job.Number!.Value).Order());
    }

    [Theory]
    [InlineData("ok", TerminalStatus.Success)]
    [InlineData("fail", TerminalStatus.Failed)]
    public async Task A_requirement_names_how_a_job_must_end(string command, TerminalStatus ending)
    {
        using var engine = await RunningEngine.Start();

        var run = await engine.Run(Graph.Of(
        [
            Graph.Build("build", command),
            .. Graph.Terminal.Select(status => Graph.Build($"after-{status.Word()}", "ok", Graph.On("build", status))),
            Graph.Build("after-anything", "ok", Graph.On("build", Graph.Terminal)),
            Graph.Build("after-a-skipped-one", "ok", Graph.On("after-canceled", TerminalStatus.NotRun)),
            Graph.Build("after-a-skipped-one-too", "ok", Graph.On("after-canceled")),
        ]));

        Assert.All(Graph.Terminal, status =>
            Assert.Equal(status == ending ? TerminalStatus.Success : TerminalStatus.NotRun, run[$"after-{status.Word()}"].Ending));
        Assert.Equal(TerminalStatus.Success, run["after-anything"].Ending);
        Assert.Equal(TerminalStatus.Success, run["after-a-skipped-one"].Ending);
        Assert.Equal(TerminalStatus.NotRun, run["after-a-skipped-one-too"].Ending);
        Assert.Equal(ending == TerminalStatus.Success ? RunStatus.Success : RunStatus.Failed, run.Status());
        Assert.Equal("`after-canceled` ended not_run", run["after-a-skipped-one-too"].Reason);
    }

    [Fact]
    public async Task A_hold_stops_what_is_behind_it_and_nothing_else_and_is_passed_by_an_approval()
    {
        using var engine = await RunningEngine.Start();
        var workflow = Graph.Of(
            Graph.Build("plan"),
            Graph.Hold("hold", Graph.On("plan")),
            Graph.Build("apply", "ok", Graph.On("hold")),
            Graph.Build("lint"));

        var held = await engine.Run(workflow);

        Assert.Equal(RunStatus.OnHold, held.Status());
        Assert.Equal(["blocked", "on_hold", "success", "success"], held.Jobs.OrderBy(job => job.Key, StringComparer.Ordinal).Select(job => job.Value.Word()));

        Assert.NotNull(await engine.Engine.Record(held.Origin.Id, at => new RunEvent.Approved("hold", "grace") { At = at }, RunningEngine.Cancellation));
        Assert.Null(await engine.Engine.Record(held.Origin.Id, at => new RunEvent.Approved("hold", "grace") { At = at }, RunningEngine.Cancellation));
        var over = (await engine.Drive(held.Origin.Id, workflow))!;

        Assert.Equal(RunStatus.Success, over.Status());
        Assert.Equal("grace", over["hold"].DecidedBy);
        Assert.Null(over["hold"].Number);
        Assert.Equal(3, engine.Jobs.Ran.Count);
    }

    [Fact]
    public async Task A_rejected_hold_is_canceled_and_only_who_asked_for_that_goes_on()
    {
        using var engine = await RunningEngine.Start();
        var workflow = Graph.Of(
            Graph.Hold("hold"),
            Graph.Build("apply", "ok", Graph.On("hold")),
            Graph.Build("tell", "ok", Graph.On("hold", TerminalStatus.Canceled)));
        var held = await engine.Run(workflow);

        await engine.Engine.Record(held.Origin.Id, at => new RunEvent.Rejected("hold", "grace") { At = at }, RunningEngine.Cancellation);
        var over = (await engine.Drive(held.Origin.Id, workflow))!;

        Assert.Equal(RunStatus.Canceled, over.Status());
        Assert.Equal(TerminalStatus.NotRun, over["apply"].Ending);
        Assert.Equal(TerminalStatus.Success, over["tell"].Ending);
    }

    [Fact]
    public async Task A_hold_that_was_approved_beforehand_does_not_stop_and_says_who_did()
    {
        using var engine = await RunningEngine.Start();

        var run = await engine.Run(
            Graph.Of(Graph.Hold("hold"), Graph.Build("apply", "ok", Graph.On("hold"))),
            origin => origin with { ApprovedBeforehand = ["hold"] });

        Assert.Equal(RunStatus.Success, run.Status());
        Assert.Equal("ada", run["hold"].DecidedBy);
    }

    [Fact]
    public async Task Cancelling_a_run_ends_every_job_that_had_not_ended()
    {
        using var engine = await RunningEngine.Start();
        engine.OnEvent = (state, happened) =>
        {
            if (happened is RunEvent.StepStarted { Job: "long" })
                _ = engine.Engine.Driven(state.Origin.Id)!.Post(new RunEvent.CancelAsked(Job: null, "grace") { At = happened.At });
        };

        var run = await engine.Run(Graph.Of(Graph.Build("quick"), Graph.Build("long", "until cancelled", Graph.On("quick")), Graph.Build("later", "ok", Graph.On("long", Graph.Terminal)), Graph.Hold("hold", Graph.On("quick"))));

        Assert.Equal(RunStatus.Canceled, run.Status());
        Assert.Equal(["canceled", "canceled", "canceled", "success"], run.Jobs.OrderBy(job => job.Key, StringComparer.Ordinal).Select(job => job.Value.Word()));
    }

    [Fact]
    public async Task Cancelling_one_job_lets_the_others_decide_by_their_requirements()
    {
        using var engine = await RunningEngine.Start();
        engine.OnEvent = (state, happened) =>
        {
            if (happened is RunEvent.StepStarted { Job: "long" })
                _ = engine.Engine.Driven(state.Origin.Id)!.Post(new RunEvent.CancelAsked("long", "grace") { At = happened.At });
        };

        var run = await engine.Run(Graph.Of(Graph.Build("long", "until cancelled"), Graph.Build("plain", "ok", Graph.On("long")), Graph.Build("cleaner", "ok", Graph.On("long", TerminalStatus.Canceled))));

        Assert.Equal(TerminalStatus.Canceled, run["long"].Ending);
        Assert.Equal(TerminalStatus.NotRun, run["plain"].Ending);
        Assert.Equal(TerminalStatus.Success, run["cleaner"].Ending);
    }

    [Fact]
    public async Task No_more_nodes_run_at_once_than_there_are_places_and_a_job_fails_with_one_of_its_nodes()
    {
        using var engine = await RunningEngine.Start(parallel: 3);
        var workflow = Graph.Of([.. Enumerable.Range(0, 20).Select(index => Parallel(Graph.Build($"job-{index}"), 2))]);
        engine.Jobs.Failing.Add("job-7");

        var run = await engine.Run(workflow);

        Assert.InRange(engine.Jobs.MostAtOnce, 1, 3);
        Assert.Equal(40, engine.Jobs.Ran.Count);
        Assert.Equal(TerminalStatus.Failed, run["job-7"].Ending);
        Assert.Equal(19, run.Jobs.Values.Count(job => job.Ending == TerminalStatus.Success));
        Assert.Equal([0, 1], engine.Jobs.Ran.Where(assignment => assignment.Job == "job-3").Select(assignment => assignment.NodeIndex).Order());
    }

    [Fact]
    public async Task A_workflow_with_a_failed_job_is_failing_while_others_run_and_failed_at_the_end()
    {
        using var engine = await RunningEngine.Start();
        var seen = new List<RunStatus>();
        engine.OnEvent = (state, happened) =>
        {
            seen.Add(state.Status());
            if (happened is RunEvent.JobEnded { Job: "bad" })
                engine.Jobs.Opened.Release();
        };

        var run = await engine.Run(Graph.Of(Graph.Build("bad", "fail"), Graph.Build("slow", "until opened")));

        Assert.Contains(RunStatus.Failing, seen);
        Assert.Equal(RunStatus.Failed, run.Status());
        Assert.Equal("the step `fail` exited with code 1", run["bad"].Reason);
        Assert.Equal("cd /somewhere", run["bad"].Nodes[0].ShellCommand);
    }

    private static WorkflowJob Parallel(WorkflowJob job, int nodes) => job with { Body = job.Body! with { Parallelism = nodes } };
}
