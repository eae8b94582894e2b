using System.Diagnostics;
using System.Threading.Channels;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>
/// Drives one run. There is one writer: whatever wants to happen is posted, judged by <see cref="RunState.After"/>, put on
/// the disk in batches, and only then acted upon.
/// </summary>
public sealed class RunExecution
{
    // Not bounded: a job tells what happened from a callback that must not wait, and it tells little.
    private readonly Channel<Posting> _postings = Channel.CreateUnbounded<Posting>(new() { SingleReader = true });
    private readonly Dictionary<string, JobExecution> _work = new(StringComparer.Ordinal);
    private readonly RunSetting _setting;
    private readonly IRunListener _listener;
    private volatile RunState _state;

    /// <param name="state">As the journal has it.</param>
    /// <param name="workflow">What the run executes.</param>
    public RunExecution(RunState state, CompiledWorkflow workflow, RunSetting setting, IRunListener listener)
    {
        (_state, Workflow, _setting, _listener) = (state, workflow, setting, listener);
    }

    public CompiledWorkflow Workflow { get; }

    /// <summary>The newest state that is on the disk.</summary>
    public RunState State => _state;

    /// <summary>Asks for something to happen.</summary>
    /// <returns>True once it is on the disk, false when it cannot happen any more, or not yet.</returns>
    public Task<bool> Post(RunEvent happened)
    {
        var posting = new Posting(happened, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _postings.Writer.TryWrite(posting) ? posting.Written!.Task : Task.FromResult(false);
    }

    /// <summary>Drives the run until it is over, or until only people can move it.</summary>
    /// <param name="staysOnHold">Whether to wait for those people too.</param>
    /// <param name="stop">Lets go of the run: running jobs are asked to end and count as interrupted.</param>
    public async Task<RunState> Drive(Func<bool> staysOnHold, CancellationToken stop)
    {
        await using var stopping = stop.Register(Wake);
        while (true)
        {
            await Settle();
            await Task.WhenAll(_work.Values.Select(work => work.Done).Where(done => done.IsFaulted)); // a bug: it ends the program
            if (_state.IsOver || (stop.IsCancellationRequested && _work.Values.All(work => work.Done.IsCompleted)))
                break;
            if (IsWaitingForPeople() && !staysOnHold() && !_postings.Reader.TryPeek(out _))
                break;
            StartWork(stop);
            if (!IsWaitingForPeople() && _work.Values.All(work => work.Done.IsCompleted) && !_postings.Reader.TryPeek(out _))
                throw new InvalidOperationException($"run {_state.Origin.Id} can neither move nor end");
            await _postings.Reader.WaitToReadAsync(CancellationToken.None);
        }

        _postings.Writer.Complete();
        await Task.WhenAll(_work.Values.Select(work => work.Done));
        await LeaveSerialGroups();
        return _state;
    }

    /// <summary>Makes the loop look around again.</summary>
    public void Wake() => _postings.Writer.TryWrite(new Posting(Happened: null, Written: null));

    internal void Tell(RunEvent happened) => _postings.Writer.TryWrite(new Posting(happened, Written: null));

    internal void TellOutput(string job, int node, JobEvent.StepOutput output) => _listener.Said(_state, job, node, output);

    /// <summary>Writes down what was posted and what follows from it, until nothing more follows.</summary>
    private async Task Settle()
    {
        while (true)
        {
            var batch = new List<(RunEvent Event, RunState State)>();
            var answers = new List<(TaskCompletionSource<bool> Written, bool Happened)>();
            var state = _state;
            while (_postings.Reader.TryRead(out var posting))
            {
                if (posting.Happened is null)
                    continue;
                var next = state.After(posting.Happened);
                if (next is not null)
                    batch.Add((posting.Happened, state = next));
                if (posting.Written is { } written)
                    answers.Add((written, next is not null));
            }

            foreach (var follows in await Follow(state))
                batch.Add((follows, state = state.After(follows) ?? throw new InvalidOperationException($"{follows} cannot follow")));
            if (batch.Count > 0)
                await _setting.Journal.Append(_state.Origin.Id, _state.Events, batch.Select(item => item.Event), CancellationToken.None);

            _state = state;
            foreach (var (happened, after) in batch)
                _listener.Happened(after, happened);
            answers.ForEach(answer => answer.Written.SetResult(answer.Happened));
            StopCanceledWork();
            if (batch.Count == 0)
                return;
        }
    }

    private async Task<List<RunEvent>> Follow(RunState state)
    {
        var events = new List<RunEvent>();
        var now = _setting.Clock.GetUtcNow();
        foreach (var decision in Schedule.Next(state))
        {
            var job = decision.Job.Name;
            events.Add(decision switch
            {
                Decision.Queue { Job.Kind: JobKind.Build } => new RunEvent.JobQueued(job, await _setting.Journal.NextJobNumber(CancellationToken.None)) { At = now },
                Decision.Queue => new RunEvent.JobQueued(job, Number: null) { At = now },
                Decision.Hold => new RunEvent.JobHeld(job) { At = now },
                Decision.Pass => new RunEvent.Approved(job, state.Origin.StartedBy) { At = now },
                Decision.End end => new RunEvent.JobEnded(job, end.Status, end.Reason) { At = now },
                _ => throw new UnreachableException(),
            });
        }

        return events;
    }

    private void StartWork(CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
            return;
        foreach (var job in Workflow.Jobs)
        {
            // A job that was interrupted is queued again, and its first execution has come to its end by then.
            if (_state[job.Name].Phase == JobPhase.Queued && (!_work.TryGetValue(job.Name, out var work) || work.Done.IsCompleted))
                _work[job.Name] = JobExecution.Start(job, this, _setting, stop);
        }
    }

    private void StopCanceledWork()
    {
        foreach (var (name, work) in _work)
        {
            if (!work.Done.IsCompleted && (_state.CanceledBy is not null || _state[name].IsCancelAsked))
                work.Cancel();
        }
    }

    private bool IsWaitingForPeople() =>
        _state.Jobs.Values.Any(job => job.Phase == JobPhase.OnHold) && !_state.Jobs.Values.Any(job => job.Phase is JobPhase.Running or JobPhase.Queued);

    private async Task LeaveSerialGroups()
    {
        foreach (var group in _state.Plan.Where(job => job.Kind == JobKind.Lock).Select(job => job.SerialGroup!).Distinct(StringComparer.Ordinal))
        {
            if (_state.IsOver)
                await _setting.SerialGroups.Release(group, _state.Origin.Id, job: null, CancellationToken.None);
            else
                await _setting.SerialGroups.Keep(group, _state.Origin.Id, CancellationToken.None);
        }
    }

    private sealed record Posting(RunEvent? Happened, TaskCompletionSource<bool>? Written);
}
