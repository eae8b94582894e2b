using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

public sealed class RerunTests
{
    [Fact]
    public async Task From_failed_keeps_what_succeeded_its_approvals_and_its_workspace()
    {
        using var engine = await RunningEngine.Start();
        var workflow = Graph.Of(
            Graph.Build("plan", "layer"),
            Graph.Hold("hold", Graph.On("plan")),
            Graph.Build("apply", "ok", Graph.On("hold")),
            Graph.Build("verify", "ok", Graph.On("apply")));
        engine.Jobs.Failing.Add("apply");
        var first = await engine.Run(workflow, origin => origin with { ApprovesAll = true });
        engine.Jobs.Failing.Clear();

        var origin = Graph.Origin() with { RerunOf = first.Origin.Id };
        await engine.Engine.CreateFrom(first, Rerun.FromFailed(first), origin, RunningEngine.Cancellation);
        var again = (await engine.Drive(origin.Id, workflow))!;

        Assert.Equal(RunStatus.Success, again.Status());
        Assert.Equal(["plan", "apply", "apply", "verify"], engine.Jobs.Ran.Select(assignment => assignment.Job));
        Assert.Equal(first.Origin.Id, again["plan"].KeptFrom);
        Assert.Equal("ada", again["hold"].DecidedBy);
        Assert.Equal(first.Origin.Workspace, again.Origin.Workspace);
        Assert.Equal("/layers/plan-0.tar", Assert.Single(engine.Jobs.Ran.Last().Upstream).File);
    }

    [Fact]
    public async Task Selected_jobs_run_again_with_what_waits_for_them_and_the_rest_keeps_its_ending()
    {
        using var engine = await RunningEngine.Start();
        var workflow = Graph.Of(
            Graph.Build("plan", "layer"),
            Graph.Build("apply", "ok", Graph.On("plan")),
            Graph.Build("verify", "ok", Graph.On("apply")),
            Graph.Build("lint", "fail"));
        var first = await engine.Run(workflow);

        var origin = Graph.Origin() with { RerunOf = first.Origin.Id };
        await engine.Engine.CreateFrom(first, Rerun.Selected(first, ["apply"]), origin, RunningEngine.Cancellation);
        var again = (await engine.Drive(origin.Id, workflow))!;

        Assert.Equal(1, engine.Jobs.Times("plan"));
        Assert.Equal(2, engine.Jobs.Times("apply"));
        Assert.Equal(2, engine.Jobs.Times("verify"));
        Assert.Equal(1, engine.Jobs.Times("lint"));
        Assert.Equal((RunStatus.Failed, first.Origin.Id), (again.Status(), again["lint"].KeptFrom));
    }

    [Fact]
    public async Task A_serial_group_is_entered_again_only_for_jobs_that_run_again()
    {
        using var engine = await RunningEngine.Start();
        var workflow = Graph.Of(
            Graph.Gate("lock", JobKind.Lock, "plans"),
            Graph.Build("plan", "ok", Graph.On("lock")),
            Graph.Gate("unlock", JobKind.Unlock, "plans", Graph.On("plan", Graph.Terminal)),
            Graph.Gate("lock-2", JobKind.Lock, "applies", Graph.On("plan")),
            Graph.Build("apply", "fail", Graph.On("lock-2")),
            Graph.Gate("unlock-2", JobKind.Unlock, "applies", Graph.On("apply", Graph.Terminal)));

        var first = await engine.Run(workflow);

        Assert.Equal(["lock", "plan", "unlock"], Rerun.FromFailed(first).Kept);
    }

    [Fact]
    public async Task What_ran_behind_a_lock_waits_for_it_again_although_the_jobs_between_are_kept()
    {
        using var engine = await RunningEngine.Start();
        var workflow = Graph.Of(
            Graph.Gate("lock", JobKind.Lock, "prod"),
            Graph.Build("plan", "ok", Graph.On("lock")),
            Graph.Hold("hold", Graph.On("plan")),
            Graph.Build("apply", "fail", Graph.On("hold")),
            Graph.Gate("unlock", JobKind.Unlock, "prod", Graph.On("apply", Graph.Terminal)),
            Graph.Build("tell", "ok", Graph.On("unlock")));
        var first = await engine.Run(workflow, origin => origin with { ApprovesAll = true });

        var rerun = Rerun.FromFailed(first);

        Assert.Equal(["plan", "hold", "tell"], rerun.Kept);
        Assert.Equal(["hold", "lock"], rerun.Plan.First(job => job.Name == "apply").Requires.Select(requirement => requirement.Job));
    }

    [Fact]
    public async Task A_failed_workflow_reruns_itself_as_often_as_it_may_and_only_from_failed()
    {
        await using var served = await ServedEngine.Start(Graph.Of(Graph.Build("quick"), Graph.Build("bad", "fail", Graph.On("quick"))) with { AutomaticReruns = 2 });

        await served.StartPipeline();
        await served.Dispatcher.Settled();

        Assert.Equal(1, served.Engine.Jobs.Times("quick"));
        Assert.Equal(3, served.Engine.Jobs.Times("bad"));
        Assert.Equal([2, 1, 0], (await served.Engine.Engine.Journal.Newest(10, RunningEngine.Cancellation)).Select(run => run.Origin.AutomaticRerun));
    }

    [Fact]
    public async Task Layers_come_in_the_order_of_the_graph_and_from_upstream_only()
    {
        using var engine = await RunningEngine.Start();
        var workflow = Graph.Of(
            Graph.Build("late", "ok", Graph.On("middle"), Graph.On("first")),
            Graph.Build("elsewhere", "layer"),
            Graph.Build("middle", "layer", Graph.On("first")),
            Graph.Build("first", "layer"));

        var run = await engine.Run(workflow);

        Assert.Equal(["first", "middle"], Assignments.Layers(run, "late").Select(layer => layer.Job));
        Assert.Equal(3, run["first"].Nodes[0].Tests.Passed);
        Assert.Equal("summary.txt", Assert.Single(run["first"].Nodes[0].Artifacts).Path);
    }
}
