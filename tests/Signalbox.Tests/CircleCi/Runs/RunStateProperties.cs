using CsCheck;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>Whatever happens, in whatever order: the rules that must hold in every state that can be reached.</summary>
public sealed class RunStateProperties
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    private static readonly Gen<PlannedJob[]> Graphs =
        from count in Gen.Int[1, 6]
        from jobs in Gen.Select(
            Gen.OneOf(JobKind.Build, JobKind.Build, JobKind.Approval, JobKind.NoOp, JobKind.Lock),
            Gen.Int[0, 63],
            Gen.OneOf(Graph.Terminal).Array[1, 3],
            Gen.Int[1, 2]).Array[count]
        select jobs.Select((job, index) => new PlannedJob
        {
            Name = $"j{index}",
            Kind = job.Item1,
            SerialGroup = job.Item1 == JobKind.Lock ? "g" : null,
            Nodes = job.Item1 == JobKind.Build ? job.Item4 : 1,
            Requires = [.. Enumerable.Range(0, index).Where(earlier => (job.Item2 & (1 << earlier)) != 0).Select(earlier => Graph.On($"j{earlier}", job.Item3))],
        }).ToArray();

    /// <summary>Anything at all, most of it impossible.</summary>
    private static readonly Gen<RunEvent> Events =
        from job in Gen.Int[0, 5].Select(index => $"j{index}")
        from node in Gen.Int[0, 2]
        from status in Gen.OneOf(Graph.Terminal)
        from kind in Gen.Int[0, 12]
        select kind switch
        {
            0 => new RunEvent.JobQueued(job, 1) { At = At },
            1 => new RunEvent.JobHeld(job) { At = At },
            2 => new RunEvent.Approved(job, "ada") { At = At },
            3 => new RunEvent.Rejected(job, "ada") { At = At },
            4 => new RunEvent.JobStarted(job) { At = At },
            5 or 6 => new RunEvent.NodeStarted(job, node) { At = At },
            7 => new RunEvent.NodeEnded(job, node, status, null, null) { At = At },
            8 => new RunEvent.NodeEnded(job, node, TerminalStatus.Success, null, null) { At = At },
            9 => new RunEvent.JobInterrupted(job) { At = At },
            10 or 11 => new RunEvent.JobEnded(job, status, null) { At = At },
            _ => (RunEvent)new RunEvent.CancelAsked(node == 0 ? null : job, "ada") { At = At },
        };

    [Fact]
    public void No_job_begins_before_what_it_requires_ended_as_it_wants() => Always((before, happened, after) =>
    {
        foreach (var planned in after.Plan)
        {
            var job = after[planned.Name];
            var hasBegun = job.Phase is JobPhase.Queued or JobPhase.OnHold or JobPhase.Running || (job.Phase == JobPhase.Ended && job.Ending is TerminalStatus.Success or TerminalStatus.Failed);
            if (hasBegun)
                Assert.All(planned.Requires, requirement => Assert.Contains(after[requirement.Job].Ending!.Value, requirement.Statuses));
        }
    });

    [Fact]
    public void What_has_ended_never_changes() => Always((before, happened, after) =>
        Assert.All(before.Jobs.Where(job => job.Value.Phase == JobPhase.Ended), job => Assert.Equal(job.Value, after[job.Key])));

    [Fact]
    public void Only_a_hold_that_a_person_approved_passes() => Always((before, happened, after) =>
        Assert.All(
            after.Plan.Where(job => job.Kind == JobKind.Approval && after[job.Name].Ending == TerminalStatus.Success),
            job => Assert.NotNull(after[job.Name].DecidedBy)));

    [Fact]
    public void A_build_succeeds_only_when_each_of_its_nodes_did() => Always((before, happened, after) =>
        Assert.All(
            after.Plan.Where(job => job.Kind == JobKind.Build && after[job.Name].Ending == TerminalStatus.Success),
            job => Assert.Equal(job.Nodes, after[job.Name].Nodes.Count(node => node.Ending == TerminalStatus.Success))));

    [Fact]
    public void Nothing_starts_in_a_run_that_is_being_canceled() => Always((before, happened, after) =>
    {
        if (before.CanceledBy is not null)
            Assert.DoesNotContain(after.Jobs, job => before[job.Key].Phase != job.Value.Phase && job.Value.Phase is JobPhase.Queued or JobPhase.OnHold or JobPhase.Running);
    }, atTheEnd: null);

    [Fact]
    public void Every_run_ends_when_the_schedule_is_followed() => Always(
        (_, _, _) => { },
        run =>
        {
            for (var round = 0; !run.IsOver; round++)
            {
                Assert.True(round < 200, "the run does not end");
                foreach (var follows in Follow(run).ToList())
                    run = run.After(follows) ?? throw new InvalidOperationException($"{follows} cannot follow");
            }

            Assert.All(run.Jobs.Values, job => Assert.NotNull(job.Ending));
        });

    [Fact]
    public void The_journal_gives_back_every_event() => Gen.Select(Graphs, Events.Array[0, 30]).Sample((graph, events) =>
    {
        RunEvent[] all = [new RunEvent.Created(Graph.Origin(), [.. graph]) { At = At }, .. events];

        Assert.Equal(all, all.Select(happened => RunJson.Event(RunJson.Text(happened))));
    }, iter: 200);

    /// <summary>What the engine, its jobs and a willing person would do next.</summary>
    private static IEnumerable<RunEvent> Follow(RunState run)
    {
        foreach (var decision in Schedule.Next(run))
        {
            yield return decision switch
            {
                Decision.Queue => new RunEvent.JobQueued(decision.Job.Name, 1) { At = At },
                Decision.Hold => new RunEvent.JobHeld(decision.Job.Name) { At = At },
                Decision.End end => new RunEvent.JobEnded(decision.Job.Name, end.Status, end.Reason) { At = At },
                _ => throw new InvalidOperationException(),
            };
        }

        foreach (var planned in run.Plan.Where(planned => !Schedule.Next(run).Any(decision => decision.Job.Name == planned.Name)))
        {
            var job = run[planned.Name];
            if (job.Phase == JobPhase.OnHold)
                yield return new RunEvent.Approved(planned.Name, "ada") { At = At };
            else if (job.Phase == JobPhase.Queued)
                yield return planned.Kind == JobKind.Build ? new RunEvent.NodeStarted(planned.Name, 0) { At = At } : new RunEvent.JobStarted(planned.Name) { At = At };
            else if (job.Phase == JobPhase.Running && job.Nodes.FirstOrDefault(node => node.Ending is null) is { } live)
                yield return new RunEvent.NodeEnded(planned.Name, live.Index, TerminalStatus.Success, null, null) { At = At };
            else if (job.Phase == JobPhase.Running)
                yield return End(run, planned, job);
        }
    }

    private static RunEvent.JobEnded End(RunState run, PlannedJob planned, JobState job) => new(
        planned.Name,
        planned.Kind != JobKind.Build || (job.Nodes.Count == planned.Nodes && job.Nodes.All(node => node.Ending == TerminalStatus.Success)) ? TerminalStatus.Success : TerminalStatus.Failed,
        null)
    { At = At };

    private static void Always(Action<RunState, RunEvent, RunState> holds, Action<RunState>? atTheEnd = null) =>
        Gen.Select(Graphs, Events.Array[0, 120]).Sample((graph, events) =>
        {
            var run = RunState.Begin(new RunEvent.Created(Graph.Origin(), [.. graph]) { At = At });
            foreach (var happened in events)
            {
                // Blind events seldom fit, so the schedule moves the run along between them.
                foreach (var candidate in Schedule.Next(run).Any() && happened is RunEvent.NodeStarted ? Follow(run).Take(1).Append(happened) : [happened])
                {
                    if (run.After(candidate) is not { } next)
                        continue;
                    holds(run, candidate, next);
                    run = next;
                }
            }

            atTheEnd?.Invoke(run);
        }, iter: 2000);
}
