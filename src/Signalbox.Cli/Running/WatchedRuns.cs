using System.CommandLine;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Running;

/// <summary>Runs that a person, or a program, watches to their end: shown live, asked about when they hold, summed up when they are over.</summary>
internal sealed class WatchedRuns : IRunListener, IAsyncDisposable
{
    private readonly Invocation _invocation;
    private readonly bool _asJson;
    private readonly RunView _view;
    private readonly IRunListener _shown;
    private readonly Dictionary<RunId, RunState> _newest = [];
    private readonly SemaphoreSlim _held = new(0);
    private readonly Lock _one = new();
    private CancellationTokenSource? _decided;

    public WatchedRuns(Invocation invocation, ParseResult parsed)
    {
        _invocation = invocation;
        _asJson = parsed.GetValue(Invocation.Json);
        _view = new RunView(invocation.Terminal);
        _shown = _asJson ? new BothViews(_view, new EventStream(invocation.Terminal)) : _view;
    }

    /// <summary>A person can be asked to approve, here and now.</summary>
    public bool CanAsk => _invocation.Terminal.IsInteractive && !_asJson;

    /// <summary>No event came: the runs were over, or another process drives them.</summary>
    public bool SawNothing
    {
        get
        {
            lock (_one)
                return _newest.Count == 0;
        }
    }

    public void Happened(RunState after, RunEvent happened)
    {
        lock (_one)
            _newest[after.Origin.Id] = after;
        _shown.Happened(after, happened);
        if (happened is RunEvent.JobHeld held && !after.Origin.Approves(held.Job))
            _held.Release();
        if (happened is RunEvent.Approved or RunEvent.Rejected or RunEvent.JobEnded)
            _decided?.Cancel();
    }

    public void Said(RunState run, string job, int node, JobEvent.StepOutput output) => _shown.Said(run, job, node, output);

    /// <summary>Waits for runs, and for what they rerun by themselves.</summary>
    /// <returns>The exit code: the worst of theirs.</returns>
    public async Task<int> ToTheEnd(RunSession session, ValueList<RunState> runs, CancellationToken cancellation)
    {
        using var settled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asking = CanAsk ? Ask(session, settled.Token) : Task.CompletedTask;
        var ends = new List<RunState>();
        foreach (var run in runs)
        {
            if (await session.Dispatcher.Settled(run.Origin.Id) is { } end)
                ends.Add(end);
        }

        await settled.CancelAsync();
        await asking;
        _view.Quieten(isQuiet: true);
        foreach (var end in ends)
            await Conclude(session, end, cancellation);
        if (ends.Count == 0 && runs.Count == 0)
            _invocation.Terminal.Say("note: no workflow was started");
        return _invocation.Interruption.Token.IsCancellationRequested && ends.Any(end => !end.IsOver)
            ? ExitCode.Interrupted
            : Worst([.. ends.Select(RunAnswer.ExitCodeOf)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        _held.Dispose();
    }

    private static int Worst(ValueList<int> codes) =>
        codes.Contains(ExitCode.Failed) ? ExitCode.Failed : codes.Append(ExitCode.Done).Max();

    private async Task Conclude(RunSession session, RunState end, CancellationToken cancellation)
    {
        var terminal = _invocation.Terminal;
        if (!end.IsOver && _invocation.Interruption.Token.IsCancellationRequested)
            terminal.Say($"hint: run `signalbox resume {end.Origin.Number}` to go on");
        if (_asJson)
        {
            terminal.JsonLine(json =>
            {
                json.WriteStartObject();
                json.WriteString("event"u8, "settled");
                RunAnswer.WriteHead(json, end, _invocation.Clock.GetUtcNow());
                json.WriteStartArray("waiting"u8);
                foreach (var job in end.Plan.Where(job => end[job.Name].Phase == JobPhase.OnHold))
                    json.WriteStringValue(job.Name);
                json.WriteEndArray();
                json.WriteNumber("exit_code"u8, RunAnswer.ExitCodeOf(end));
                json.WriteEndObject();
            });
            return;
        }

        await RunAnswer.Summarise(terminal, end, session.Engine.Folders, CancellationToken.None);
    }

    /// <summary>Asks about each hold as it comes. Whoever answers by another way first has answered.</summary>
    private async Task Ask(RunSession session, CancellationToken settled)
    {
        var asked = new HashSet<(RunId, string)>();
        try
        {
            while (true)
            {
                await _held.WaitAsync(settled);
                while (NextHold(asked) is { } hold)
                {
                    _view.Quieten(isQuiet: true);
                    await Answered(session, hold.Run.Origin.Id, hold.Job, await Answer(hold.Run, hold.Job, settled));
                    _view.Quieten(isQuiet: false);
                }
            }
        }
        catch (OperationCanceledException) when (settled.IsCancellationRequested)
        {
            // Nothing is left to ask.
        }
    }

    /// <returns>Null when it was decided in another way meanwhile.</returns>
    private async Task<string?> Answer(RunState run, string job, CancellationToken settled)
    {
        while (true)
        {
            using var decided = CancellationTokenSource.CreateLinkedTokenSource(settled);
            _decided = decided;
            try
            {
                if (!StillHolds(run.Origin.Id, job))
                    return null;
                return await _invocation.Terminal.Ask($"approve {job} of run {run.Origin.Number}? yes, no, or Enter to decide later: ", decided.Token) ?? "";
            }
            catch (OperationCanceledException) when (!settled.IsCancellationRequested)
            {
                // Something was decided; perhaps not this.
            }
            finally
            {
                _decided = null;
            }
        }
    }

    private bool StillHolds(RunId run, string job)
    {
        lock (_one)
            return _newest[run][job].Phase == JobPhase.OnHold;
    }

    private (RunState Run, string Job)? NextHold(HashSet<(RunId, string)> asked)
    {
        lock (_one)
        {
            foreach (var run in _newest.Values)
            {
                foreach (var job in run.Plan.Where(job => run[job.Name].Phase == JobPhase.OnHold && !run.Origin.Approves(job.Name)))
                {
                    if (asked.Add((run.Origin.Id, job.Name)))
                        return (run, job.Name);
                }
            }
        }

        return null;
    }

    private async Task Answered(RunSession session, RunId run, string job, string? answer)
    {
        var at = _invocation.Clock.GetUtcNow();
        switch (answer?.Trim().ToLowerInvariant())
        {
            case "y" or "yes":
                await (session.Engine.Driven(run)?.Post(new RunEvent.Approved(job, session.Person) { At = at }) ?? Task.FromResult(false));
                break;
            case "n" or "no":
                await (session.Engine.Driven(run)?.Post(new RunEvent.Rejected(job, session.Person) { At = at }) ?? Task.FromResult(false));
                break;
            case null:
                break;
            default:
                // Left for later, or by somebody else: this process does not wait for it.
                session.Dispatcher.StaysOnHold = false;
                session.Engine.Driven(run)?.Wake();
                break;
        }
    }
}
