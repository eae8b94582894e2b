using System.Collections.Concurrent;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>Runs jobs whose steps are words: `ok`, `fail`, `layer`, `until cancelled`, `until opened`.</summary>
internal sealed class ScriptedJobs : IJobRunner
{
    private readonly ConcurrentQueue<JobAssignment> _ran = new();
    private readonly ConcurrentQueue<JobEvent.ProcessStarted> _ended = new();
    private int _now;
    private int _most;

    /// <summary>Nodes in the order in which they began.</summary>
    public IReadOnlyCollection<JobAssignment> Ran => _ran;

    public IReadOnlyCollection<JobEvent.ProcessStarted> Ended => _ended;

    public int MostAtOnce => _most;

    /// <summary>Lets `until opened` go on.</summary>
    public SemaphoreSlim Opened { get; } = new(0);

    /// <summary>Names of jobs that fail although their step says otherwise.</summary>
    public HashSet<string> Failing { get; } = new(StringComparer.Ordinal);

    public int Times(string job) => _ran.Count(assignment => assignment.Job == job);

    public async Task<JobEnding> Run(JobAssignment assignment, Action<JobEvent> onEvent, CancellationToken cancel)
    {
        _ran.Enqueue(assignment);
        InterlockedMax(Interlocked.Increment(ref _now));
        var word = ((Step.Run)assignment.Body.Steps[0]).Command;
        onEvent(new JobEvent.StepStarted(0, word, Path.Combine(assignment.Folder, "steps", "0.log")));
        onEvent(new JobEvent.ProcessStarted(4_000_000 + _ran.Count, "1", ContainerName: null));
        onEvent(new JobEvent.StepOutput(0, word));
        var ending = await End(word, assignment, onEvent, cancel);
        onEvent(new JobEvent.StepEnded(0, ending.Status == TerminalStatus.Success ? StepStatus.Success : StepStatus.Failed, 0, TimeSpan.FromSeconds(1)));
        Interlocked.Decrement(ref _now);
        return ending;
    }

    public Task EndLeftovers(ValueList<JobEvent.ProcessStarted> processes, CancellationToken cancellation)
    {
        foreach (var process in processes)
            _ended.Enqueue(process);
        return Task.CompletedTask;
    }

    private async Task<JobEnding> End(string word, JobAssignment assignment, Action<JobEvent> onEvent, CancellationToken cancel)
    {
        if (Failing.Contains(assignment.Job))
            return new JobEnding(TerminalStatus.Failed, "it was to fail", ShellCommand: null);
        switch (word)
        {
            case "fail":
                return new JobEnding(TerminalStatus.Failed, "the step `fail` exited with code 1", "cd /somewhere");
            case "layer":
                onEvent(new JobEvent.LayerPersisted(new WorkspaceLayer(assignment.Job, assignment.NodeIndex, $"/layers/{assignment.Job}-{assignment.NodeIndex}.tar")));
                onEvent(new JobEvent.ArtifactStored("summary.txt", "/artifacts/summary.txt", 12));
                onEvent(new JobEvent.TestsStored(3, 1, 0));
                return new JobEnding(TerminalStatus.Success, Problem: null, ShellCommand: null);
            case "until cancelled":
                await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, cancel));
                return new JobEnding(TerminalStatus.Canceled, "canceled", ShellCommand: null);
            case "until opened":
                await Task.WhenAny(Opened.WaitAsync(cancel));
                return new JobEnding(cancel.IsCancellationRequested ? TerminalStatus.Canceled : TerminalStatus.Success, Problem: null, ShellCommand: null);
            default:
                return new JobEnding(TerminalStatus.Success, Problem: null, ShellCommand: null);
        }
    }

    private void InterlockedMax(int now)
    {
        for (var most = _most; most < now; most = _most)
            Interlocked.CompareExchange(ref _most, now, most);
    }
}
