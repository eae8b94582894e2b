using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Processes;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

public sealed class SerialGroupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-").FullName;
    private bool _leftovers;

    private SerialGroups Groups => new(_folder, (_, _) => Task.FromResult(_leftovers), TimeProvider.System);

    [Fact]
    public async Task Tickets_are_served_in_the_order_in_which_they_were_drawn()
    {
        SerialRequest[] requests = [Request("one", pipeline: 1), Request("two", pipeline: 2), Request("three", pipeline: 3)];
        foreach (var request in requests)
            Assert.True(await Groups.Join(request, RunningEngine.Cancellation));

        foreach (var request in requests)
        {
            Assert.Equal(request.Job, (await Groups.Holder("prod", RunningEngine.Cancellation))!.Job);
            Assert.True(await Groups.Wait(request, RunningEngine.Cancellation));
            await Groups.Release("prod", request.Run, request.Job, RunningEngine.Cancellation);
        }

        Assert.Null(await Groups.Holder("prod", RunningEngine.Cancellation));
    }

    [Fact]
    public async Task A_job_of_an_older_pipeline_is_skipped_while_a_newer_one_is_in_the_group_and_runs_when_it_is_idle()
    {
        var newer = Request("newer", pipeline: 7);
        Assert.True(await Groups.Join(newer, RunningEngine.Cancellation));
        Assert.False(await Groups.Join(Request("older", pipeline: 6), RunningEngine.Cancellation));
        Assert.True(await Groups.Join(Request("elsewhere", pipeline: 6) with { Project = "/other" }, RunningEngine.Cancellation));
        await Groups.Release("prod", newer.Run, job: null, RunningEngine.Cancellation);

        Assert.True(await Groups.Join(Request("older", pipeline: 6), RunningEngine.Cancellation));
    }

    [Fact]
    public async Task Two_jobs_of_one_group_never_run_at_once()
    {
        using var one = await RunningEngine.Start();
        using var other = await RunningEngine.Start(one.Folder, jobs: one.Jobs);
        var workflow = Graph.Of([.. Enumerable.Range(0, 5).Select(index => Graph.Build($"job-{index}") with { SerialGroup = "prod/eu" })]);

        var runs = await Task.WhenAll(one.Run(workflow), other.Run(workflow));

        Assert.All(runs, run => Assert.Equal(RunStatus.Success, run.Status()));
        Assert.Equal(10, one.Jobs.Ran.Count);
        Assert.Equal(1, one.Jobs.MostAtOnce);
    }

    [Fact]
    public async Task A_group_is_free_again_after_a_failure()
    {
        using var engine = await RunningEngine.Start();

        await engine.Run(Graph.Of(Graph.Build("bad", "fail") with { SerialGroup = "prod" }));
        var run = await engine.Run(Graph.Of(Graph.Build("good") with { SerialGroup = "prod" }));

        Assert.Equal(RunStatus.Success, run.Status());
    }

    [Fact]
    public async Task What_a_dead_process_held_is_free_unless_its_programs_live_on()
    {
        var dead = Request("dead", pipeline: 1);
        await Groups.Join(dead, RunningEngine.Cancellation);
        var file = Assert.Single(Directory.GetFiles(_folder, "*.json", SearchOption.AllDirectories));
        var text = await File.ReadAllTextAsync(file, RunningEngine.Cancellation);
        await File.WriteAllTextAsync(file, text.Replace($"\"process_id\":{Environment.ProcessId}", "\"process_id\":999999999", StringComparison.Ordinal), RunningEngine.Cancellation);

        _leftovers = true;
        Assert.Equal("dead", (await Groups.Holder("prod", RunningEngine.Cancellation))!.Job);
        _leftovers = false;
        Assert.Null(await Groups.Holder("prod", RunningEngine.Cancellation));

        // The run that is resumed keeps its place only while nobody was served instead.
        Assert.True(await Groups.Join(dead, RunningEngine.Cancellation));
        Assert.Equal("dead", (await Groups.Holder("prod", RunningEngine.Cancellation))!.Job);
        await File.WriteAllTextAsync(file, text.Replace($"\"process_id\":{Environment.ProcessId}", "\"process_id\":999999999", StringComparison.Ordinal), RunningEngine.Cancellation);
        var next = Request("next", pipeline: 1);
        Assert.True(await Groups.Join(next, RunningEngine.Cancellation));
        Assert.True(await Groups.Wait(next, RunningEngine.Cancellation));
        Assert.True(await Groups.Join(dead, RunningEngine.Cancellation));
        Assert.Equal("next", (await Groups.Holder("prod", RunningEngine.Cancellation))!.Job);
    }

    [Fact]
    public async Task A_lock_is_kept_while_the_run_waits_for_a_person_although_its_process_ends()
    {
        using var engine = await RunningEngine.Start();
        var workflow = Graph.Of(
            Graph.Gate("lock", JobKind.Lock, "prod"),
            Graph.Hold("hold", Graph.On("lock")),
            Graph.Gate("unlock", JobKind.Unlock, "prod", Graph.On("hold", Graph.Terminal)));
        var groups = new SerialGroups(Path.Combine(engine.Folder, "serial-groups"), (_, _) => Task.FromResult(false), TimeProvider.System);

        var held = await engine.Run(workflow);
        Assert.True((await groups.Holder("prod", RunningEngine.Cancellation))!.IsKept);

        await engine.Engine.Record(held.Origin.Id, at => new RunEvent.Approved("hold", "grace") { At = at }, RunningEngine.Cancellation);
        var over = (await engine.Drive(held.Origin.Id, workflow))!;
        Assert.Equal(RunStatus.Success, over.Status());
        Assert.Null(await groups.Holder("prod", RunningEngine.Cancellation));
    }

    [Fact]
    public async Task The_programs_a_killed_engine_left_are_found_by_its_journal()
    {
        using var engine = await RunningEngine.Start();
        var own = (await ProcessIdentity.Of(Environment.ProcessId, RunningEngine.Cancellation))!;
        var origin = Graph.Origin();
        var run = await engine.Engine.Create(origin, Graph.Of(Graph.Build("apply")), RunningEngine.Cancellation);
        var at = DateTimeOffset.UnixEpoch;
        await engine.Engine.Journal.Append(origin.Id, run.Events,
        [
            new RunEvent.JobQueued("apply", 1) { At = at },
            new RunEvent.NodeStarted("apply", 0) { At = at },
            new RunEvent.ProcessStarted("apply", 0, own.Id, own.Started, ContainerName: null) { At = at },
        ], RunningEngine.Cancellation);
        var ticket = new SerialTicket(1, "prod", engine.Engine.Folders.Journal, 1, origin.Id.ToString(), "apply", 1, "0", IsKept: false);

        Assert.True(await Leftovers.Work(ticket, RunningEngine.Cancellation));
        Assert.False(await Leftovers.Work(ticket with { Run = RunId.New().ToString() }, RunningEngine.Cancellation));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SerialRequest Request(string job, int pipeline) => new("prod", "/project/.signalbox/runs.db", pipeline, RunId.New(), job);
}
