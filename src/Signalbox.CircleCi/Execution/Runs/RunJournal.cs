using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>The runs of one project, as the journal has them. Everything that is asked about a run is asked here, whether it lives or not.</summary>
public sealed class RunJournal(EventJournal journal)
{
    private const string Runs = "runs";
    private const string Jobs = "jobs";
    private const string Pipelines = "pipelines";

    public Task<int> NextRunNumber(CancellationToken cancellation) => journal.Next(Runs, cancellation);

    public Task<int> NextJobNumber(CancellationToken cancellation) => journal.Next(Jobs, cancellation);

    public Task<int> NextPipelineNumber(CancellationToken cancellation) => journal.Next(Pipelines, cancellation);

    /// <summary>Writes down what happened; it is on the disk when this returns.</summary>
    /// <param name="after">How many events the run has so far.</param>
    public Task Append(RunId run, long after, IEnumerable<RunEvent> events, CancellationToken cancellation) =>
        journal.Append(run.ToString(), after, [.. events.Select(RunJson.Text)], cancellation);

    public async Task<IReadOnlyList<RunEvent>> Events(RunId run, long after, CancellationToken cancellation) =>
        [.. (await journal.Read(run.ToString(), after, cancellation)).Select(RunJson.Event)];

    /// <summary>Null when there is no such run.</summary>
    public async Task<RunState?> Load(RunId run, CancellationToken cancellation) => RunState.Of(await Events(run, after: 0, cancellation));

    /// <summary>Where the runs came from, the newest first.</summary>
    public async Task<IReadOnlyList<RunOrigin>> Origins(int limit, CancellationToken cancellation) =>
        [.. (await journal.Beginnings(limit, cancellation)).Select(RunJson.Event).OfType<RunEvent.Created>().Select(created => created.Origin)];

    public async Task<ValueList<RunState>> Newest(int limit, CancellationToken cancellation)
    {
        var runs = new List<RunState>();
        foreach (var origin in await Origins(limit, cancellation))
        {
            if (await Load(origin.Id, cancellation) is { } run)
                runs.Add(run);
        }

        return [.. runs];
    }
}
