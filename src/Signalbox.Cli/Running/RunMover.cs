using System.CommandLine;
using Signalbox.CircleCi.Api;
using Signalbox.CircleCi.Execution.Pipelines;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Journal;
using Signalbox.Processes;

namespace Signalbox.Cli.Running;

/// <summary>
/// Makes something happen to a run, wherever it lives: by the API of the engine that drives it, or in the journal when
/// none does, and then this process drives it on.
/// </summary>
internal sealed class RunMover(Invocation invocation, ParseResult parsed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="ask">Asks the engine that drives the run.</param>
    /// <param name="happened">The same for the journal, by a person.</param>
    /// <param name="accepted">What to say when it is done.</param>
    /// <param name="drivesOn">Whether to drive the run on when nobody does.</param>
    public async Task<int> Move(
        RunState run,
        Func<CircleCiClient, CancellationToken, Task<ApiReply>> ask,
        Func<string, DateTimeOffset, RunEvent> happened,
        string accepted,
        bool drivesOn,
        CancellationToken cancellation)
    {
        var (folders, person) = (RunSession.Folders(invocation), await Person(cancellation));
        var since = invocation.Clock.GetTimestamp();
        while (true)
        {
            if (await EngineAddress.Of(folders, run.Origin.Id, cancellation) is { } address)
            {
                using var client = await address.Connect(folders, person, cancellation);
                var reply = await ask(client, cancellation);
                if (reply.Problem is null)
                    return Accepted(run, accepted, isDriven: true);
                if (reply.Status != 0)
                    return invocation.Refuse(parsed, [RunRules.NoAnswer.Without($"the engine of run {run.Origin.Number} refused: {reply.Problem}", $"run `signalbox show {run.Origin.Number}`")]);
            }

            if (await Record(run, person, happened, cancellation))
                break;
            // Between the two an engine may have ended or begun; it is asked again, but not for ever.
            if (invocation.Clock.GetElapsedTime(since) > Patience)
                return invocation.Refuse(parsed, [RunRules.NoAnswer.Without($"run {run.Origin.Number} took no answer", $"run `signalbox show {run.Origin.Number}`")]);
            await Task.Delay(Pause, invocation.Clock, cancellation);
        }

        return drivesOn ? await DriveOn(run, InterruptedJob.Rerun, cancellation) : Accepted(run, accepted, isDriven: false);
    }

    /// <summary>Drives a run on from where its journal stands.</summary>
    public async Task<int> DriveOn(RunState run, InterruptedJob interrupted, CancellationToken cancellation)
    {
        await using var watched = new WatchedRuns(invocation, parsed);
        var options = new SessionOptions { Listener = watched, StaysOnHold = watched.CanAsk, Interrupted = interrupted, Policy = run.Origin.Policy };
        if (!(await RunSession.Open(invocation, options, cancellation)).Succeeded(out var session, out var problems))
            return invocation.Refuse(parsed, problems);
        await using (session)
        {
            if (!(await session.Resume(run, cancellation)).Succeeded(out _, out problems))
                return invocation.Refuse(parsed, problems);
            return await watched.ToTheEnd(session, [run], cancellation) is var code && watched.SawNothing
                ? invocation.Refuse(parsed, [RunRules.RunIsAlive.Without($"another process drives run {run.Origin.Number}", $"run `signalbox logs -f {run.Origin.Number}` to watch it")])
                : code;
        }
    }

    private int Accepted(RunState run, string accepted, bool isDriven)
    {
        if (parsed.GetValue(Invocation.Json))
        {
            invocation.Terminal.Json(json =>
            {
                json.WriteStartObject();
                json.WriteString("run"u8, run.Origin.Id.Value);
                json.WriteBoolean("accepted"u8, true);
                json.WriteBoolean("is_driven"u8, isDriven);
                json.WriteEndObject();
            });
            return ExitCode.Done;
        }

        invocation.Terminal.Answer(accepted);
        if (!isDriven)
            invocation.Terminal.Say($"hint: run `signalbox resume {run.Origin.Number}` to go on");
        return ExitCode.Done;
    }

    private async Task<bool> Record(RunState run, string person, Func<string, DateTimeOffset, RunEvent> happened, CancellationToken cancellation)
    {
        var folders = RunSession.Folders(invocation);
        using var alone = await FolderLock.Take(folders.Lock(run.Origin.Id), TimeSpan.Zero, invocation.Clock, cancellation);
        if (alone is null)
            return false;
        using var events = await EventJournal.Open(folders.Journal, cancellation);
        var journal = new RunJournal(events);
        if (await journal.Load(run.Origin.Id, cancellation) is not { } state)
            return false;
        var what = happened(person, invocation.Clock.GetUtcNow());
        if (state.After(what) is null)
            return false;
        await journal.Append(run.Origin.Id, state.Events, [what], cancellation);
        return true;
    }

    private async Task<string> Person(CancellationToken cancellation) =>
        await GitFacts.Read(Repository.Root(invocation.Folder), invocation.Variables, new ProcessRunner(invocation.Clock), cancellation) is { } git
            ? RunSession.PersonOf(invocation, git)
            : invocation.Variables.GetValueOrDefault("USER") ?? Environment.UserName;
}
