using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>The journal is cut after each of its records, as a `kill -9` would; another engine continues and reaches the same end.</summary>
public sealed class CrashTests
{
    private static readonly CompiledWorkflow Workflow = Graph.Of(
        Graph.Gate("lock", JobKind.Lock, "prod"),
        Graph.Build("plan", "layer", Graph.On("lock")) with { Body = Graph.Build("plan", "layer").Body! with { Parallelism = 2 } },
        Graph.Hold("hold", Graph.On("plan")),
        Graph.Build("apply", "fail", Graph.On("hold")),
        Graph.Build("verify", "ok", Graph.On("apply")),
        Graph.Build("tell", "ok", Graph.On("apply", TerminalStatus.Failed)),
        Graph.Passing("done", JobKind.NoOp, Graph.On("tell")),
        Graph.Gate("unlock", JobKind.Unlock, "prod", Graph.On("plan", Graph.Terminal)));

    [Fact]
    public async Task Wherever_the_engine_is_killed_a_resumed_run_reaches_the_same_end()
    {
        using var whole = await RunningEngine.Start();
        var over = await whole.Run(Workflow, origin => origin with { ApprovesAll = true });
        var events = await whole.Engine.Journal.Events(over.Origin.Id, after: 0, RunningEngine.Cancellation);
        Assert.True(events.Count > 30);

        for (var kept = 1; kept < events.Count; kept++)
        {
            using var next = await RunningEngine.Start();
            await next.Engine.Journal.Append(over.Origin.Id, after: 0, events.Take(kept), RunningEngine.Cancellation);
            var cut = (await next.Engine.Journal.Load(over.Origin.Id, RunningEngine.Cancellation))!;

            var resumed = (await next.Drive(over.Origin.Id, Workflow))!;

            Assert.True(resumed.IsOver, $"cut after {kept}: {events[kept - 1]}");
            Assert.Equal(Endings(over), Endings(resumed));
            Assert.Equal(Leftover(cut), next.Jobs.Ended.Count);
            // What had ended is not run again, and what was approved is not asked again.
            Assert.All(cut.Jobs.Where(job => job.Value.Phase == JobPhase.Ended), job => Assert.Equal(job.Value, resumed[job.Key]));
            Assert.All(cut.Jobs.Where(job => job.Value.Phase == JobPhase.Ended), job => Assert.Equal(0, next.Jobs.Times(job.Key)));
            Assert.Equal(resumed, await next.Engine.Journal.Load(over.Origin.Id, RunningEngine.Cancellation), SameJobs);
        }
    }

    [Fact]
    public async Task A_job_under_which_the_engine_was_killed_fails_when_that_is_wanted()
    {
        using var whole = await RunningEngine.Start();
        var workflow = Graph.Of(Graph.Build("apply"), Graph.Build("tell", "ok", Graph.On("apply", TerminalStatus.Failed)));
        var over = await whole.Run(workflow);
        var events = await whole.Engine.Journal.Events(over.Origin.Id, after: 0, RunningEngine.Cancellation);

        using var next = await RunningEngine.Start();
        await next.Engine.Journal.Append(over.Origin.Id, after: 0, events.TakeWhile(happened => happened is not RunEvent.StepEnded), RunningEngine.Cancellation);
        var resumed = (await next.Drive(over.Origin.Id, workflow, InterruptedJob.Fail))!;

        Assert.Equal(TerminalStatus.Failed, resumed["apply"].Ending);
        Assert.Equal("the engine was killed during the step `ok`", resumed["apply"].Reason);
        Assert.Equal(TerminalStatus.Success, resumed["tell"].Ending);
        Assert.Equal(0, next.Jobs.Times("apply"));
    }

    [Fact]
    public async Task An_engine_that_is_asked_to_stop_leaves_a_run_that_can_be_resumed()
    {
        using var engine = await RunningEngine.Start();
        using var stop = new CancellationTokenSource();
        var workflow = Graph.Of(Graph.Build("quick"), Graph.Build("long", "until opened", Graph.On("quick")));
        engine.OnEvent = (_, happened) =>
        {
            if (happened is RunEvent.StepStarted { Job: "long" })
                stop.Cancel();
        };
        var run = await engine.Engine.Create(Graph.Origin(), workflow, RunningEngine.Cancellation);
        var stopped = (await engine.Engine.Drive(run.Origin.Id, workflow, InterruptedJob.Rerun, () => false, stop.Token))!;
        Assert.False(stopped.IsOver);
        Assert.Equal(1, stopped["long"].Interruptions);

        engine.OnEvent = null;
        engine.Jobs.Opened.Release();
        var over = (await engine.Drive(run.Origin.Id, workflow))!;

        Assert.Equal(RunStatus.Success, over.Status());
        Assert.Equal(1, engine.Jobs.Times("quick"));
        Assert.Equal(2, engine.Jobs.Times("long"));
    }

    [Fact]
    public async Task One_process_at_a_time_drives_a_run()
    {
        using var engine = await RunningEngine.Start();
        using var other = await RunningEngine.Start(engine.Folder);
        var workflow = Graph.Of(Graph.Build("long", "until opened"));
        RunState? refused = null;
        engine.OnEvent = (state, happened) =>
        {
            if (happened is RunEvent.StepStarted)
                _ = Compete(state.Origin.Id);
        };

        var run = await engine.Run(workflow);

        Assert.Equal(RunStatus.Success, run.Status());
        Assert.Null(refused);
        Assert.Empty(other.Jobs.Ran);

        async Task Compete(RunId id)
        {
            refused = await other.Drive(id, workflow);
            engine.Jobs.Opened.Release();
        }
    }

    private static IEnumerable<(string, TerminalStatus?, string?)> Endings(RunState run) =>
        run.Jobs.OrderBy(job => job.Key, StringComparer.Ordinal).Select(job => (job.Key, job.Value.Ending, job.Value.DecidedBy));

    private static int Leftover(RunState cut) =>
        cut.Jobs.Values.Where(job => job.Phase == JobPhase.Running).Sum(job => job.Nodes.Sum(node => node.Processes.Count));

    private static bool SameJobs(RunState? one, RunState? other) =>
        one!.Events == other!.Events && one.Jobs.All(job => job.Value == other[job.Key]);
}
