using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Running;

/// <summary>
/// Shows runs while they live. What happened stays as lines; on a terminal a region below them says what is going on,
/// redrawn in place; elsewhere a line breaks every silence of two seconds.
/// </summary>
internal sealed class RunView : IRunListener, IAsyncDisposable
{
    private const int MostRows = 12;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);

    private readonly Terminal _terminal;
    private readonly Lock _one = new();
    private readonly Dictionary<RunId, RunState> _runs = [];
    private readonly Dictionary<(RunId Run, string Job), string> _said = [];
    private readonly ITimer _timer;
    private readonly long _startedAt;
    private bool _isQuiet;

    public RunView(Terminal terminal)
    {
        (_terminal, _startedAt) = (terminal, terminal.Clock.GetTimestamp());
        _timer = terminal.Clock.CreateTimer(_ => Tick(), state: null, Frame, Frame);
    }

    public void Happened(RunState after, RunEvent happened)
    {
        lock (_one)
        {
            _runs[after.Origin.Id] = after;
            if (happened is RunEvent.JobEnded ended)
                _said.Remove((after.Origin.Id, ended.Job));
            if (RunLines.Of(after, happened, _terminal) is { } line)
                _terminal.Say(line);
        }
    }

    public void Said(RunState run, string job, int node, JobEvent.StepOutput output)
    {
        lock (_one)
            _said[(run.Origin.Id, job)] = DisplayText.WithoutSequences(output.LastLine);
    }

    /// <summary>Takes the region away, for instance while a question is asked; false brings it back.</summary>
    public void Quieten(bool isQuiet)
    {
        lock (_one)
        {
            _isQuiet = isQuiet;
            if (_terminal.Redraws)
                _terminal.Live(isQuiet ? null : Region());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Quieten(isQuiet: true);
    }

    private void Tick()
    {
        lock (_one)
        {
            if (_isQuiet)
                return;
            if (_terminal.Redraws)
                _terminal.Live(Region());
            else if (_terminal.Clock.GetElapsedTime(Math.Max(_startedAt, _terminal.LastLineAt)) >= LongestSilence && Awaited() is { } awaited)
                _terminal.Say(awaited);
        }
    }

    private string? Region()
    {
        var rows = new List<string>();
        foreach (var run in _runs.Values.Where(run => !run.IsOver))
        {
            rows.Add(Heading(run));
            rows.AddRange(Moving(run).Select(job => $"  {Row(run, job)}"));
        }

        if (rows.Count > MostRows)
            rows = [.. rows.Take(MostRows - 1), $"  and {rows.Count - MostRows + 1} more"];
        return rows.Count == 0 ? null : string.Join('\n', rows);
    }

    private string Heading(RunState run)
    {
        var counts = run.Jobs.Values.GroupBy(job => job.Word(), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} {group.Key.Replace('_', ' ')}");
        return $"run {run.Origin.Number} {run.Origin.Workflow}: {string.Join(", ", counts)} ({Duration.Words(_terminal.Clock.GetUtcNow() - run.CreatedAt)})";
    }

    private static IEnumerable<string> Moving(RunState run) =>
        run.Plan.Select(job => job.Name).Where(name => run[name].Phase is JobPhase.Running or JobPhase.OnHold)
            .Concat(run.Plan.Where(job => job.SerialGroup is not null && run[job.Name].Phase == JobPhase.Queued).Select(job => job.Name));

    private string Row(RunState run, string name)
    {
        var job = run[name];
        var since = job.StartedAt ?? job.ReadyAt ?? run.CreatedAt;
        var step = job.Nodes.SelectMany(node => node.Steps).LastOrDefault(step => step.Ending is null)?.Title;
        var said = _said.GetValueOrDefault((run.Origin.Id, name));
        var detail = job.Phase switch
        {
            JobPhase.OnHold => "waits for an approval",
            JobPhase.Queued => $"waits for the serial group {run.Planned(name).SerialGroup}",
            _ => string.Join(": ", new[] { step, said }.Where(text => !string.IsNullOrEmpty(text))),
        };
        return $"{name}  {Duration.Words(_terminal.Clock.GetUtcNow() - since)}  {DisplayText.Of(detail).ReplaceLineEndings(" ")}".TrimEnd();
    }

    private string? Awaited()
    {
        foreach (var run in _runs.Values.Where(run => !run.IsOver))
        {
            if (Moving(run).FirstOrDefault() is { } name)
                return Row(run, name).Replace("  ", " ", StringComparison.Ordinal);
        }

        return null;
    }
}
