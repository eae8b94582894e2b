using System.Diagnostics;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>Brings one queued job to its end: its turn in the serial group, a place for each node, the nodes themselves.</summary>
internal sealed class JobExecution
{
    private readonly WorkflowJob _job;
    private readonly RunExecution _run;
    private readonly RunSetting _setting;
    private readonly CancellationTokenSource _cancel;
    private readonly CancellationToken _stop;

    private JobExecution(WorkflowJob job, RunExecution run, RunSetting setting, CancellationToken stop)
    {
        (_job, _run, _setting, _stop) = (job, run, setting, stop);
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    public Task Done { get; private set; } = Task.CompletedTask;

    private DateTimeOffset Now => _setting.Clock.GetUtcNow();

    private RunOrigin Origin => _run.State.Origin;

    public static JobExecution Start(WorkflowJob job, RunExecution run, RunSetting setting, CancellationToken stop)
    {
        var execution = new JobExecution(job, run, setting, stop);
        execution.Done = Task.Run(execution.Execute, CancellationToken.None);
        return execution;
    }

    public void Cancel() => _cancel.Cancel();

    private async Task Execute()
    {
        try
        {
            if (_job.Kind == JobKind.Unlock)
                await GiveBack(_job.SerialGroup!);
            else if (_job.SerialGroup is { } group && !await HasTurn(new SerialRequest(group, _setting.Folders.Journal, Origin.PipelineNumber, Origin.Id, _job.Name)))
                return;
            await (_job.Body is { } body ? RunNodes(body) : PassThrough());
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            // It had not begun: a canceled job is ended by the schedule, and an interrupted one stays queued.
        }
        finally
        {
            // A lock job passes what it holds on to its unlock job, unless it never came to that.
            if (_job.SerialGroup is { } held && (_job.Kind != JobKind.Lock || _cancel.IsCancellationRequested))
                await _setting.SerialGroups.Release(held, Origin.Id, _job.Name, CancellationToken.None);
            _run.Wake();
        }
    }

    /// <summary>An unlock job gives back what the lock jobs before it took; a later one of the same run keeps its place in the queue.</summary>
    private async Task GiveBack(string group)
    {
        foreach (var before in Requirements.Upstream(_run.State, _job.Name).Where(job => job.Kind == JobKind.Lock && job.SerialGroup == group))
            await _setting.SerialGroups.Release(group, Origin.Id, before.Name, CancellationToken.None);
    }

    private async Task<bool> HasTurn(SerialRequest request)
    {
        if (!await _setting.SerialGroups.Join(request, _cancel.Token))
        {
            await End(TerminalStatus.NotRun, $"a newer pipeline is in the serial group `{request.Group}`");
            return false;
        }

        if (await _setting.SerialGroups.Wait(request, _cancel.Token))
            return true;
        await End(TerminalStatus.Canceled, $"waited for the serial group `{request.Group}` for {SerialGroups.LongestWait.TotalHours} h");
        return false;
    }

    /// <summary>What has no steps succeeds as soon as it may start.</summary>
    private async Task PassThrough()
    {
        if (await _run.Post(new RunEvent.JobStarted(_job.Name) { At = Now }))
            await End(TerminalStatus.Success, reason: null);
    }

    private async Task RunNodes(JobBody body)
    {
        var endings = await Task.WhenAll(Enumerable.Range(0, body.Parallelism).Select(node => RunNode(body, node)));
        if (endings.All(ending => ending is null))
            return; // canceled before any node began; the schedule ends it
        if (endings.FirstOrDefault(ending => ending?.Status == TerminalStatus.Failed) is { } failed)
            await End(TerminalStatus.Failed, failed.Problem);
        else if (endings.All(ending => ending?.Status == TerminalStatus.Success))
            await End(TerminalStatus.Success, reason: null);
        else if (_stop.IsCancellationRequested)
            await _run.Post(new RunEvent.JobInterrupted(_job.Name) { At = Now });
        else
            await End(TerminalStatus.Canceled, endings.FirstOrDefault(ending => ending?.Status == TerminalStatus.Canceled)?.Problem);
    }

    /// <returns>Null when the node never began.</returns>
    private async Task<JobEnding?> RunNode(JobBody body, int node)
    {
        try
        {
            await _setting.FreePlaces.WaitAsync(_cancel.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            if (!await _run.Post(new RunEvent.NodeStarted(_job.Name, node) { At = Now }))
                return null;
            var assignment = Assignments.Of(_run.State, _job, body, node, _setting);
            var ending = await _setting.Runner.Run(assignment, happened => Report(node, happened), _cancel.Token);
            await _run.Post(new RunEvent.NodeEnded(_job.Name, node, ending.Status, ending.Problem, ending.ShellCommand) { At = Now });
            return ending;
        }
        finally
        {
            _setting.FreePlaces.Release();
        }
    }

    private Task<bool> End(TerminalStatus status, string? reason) => _run.Post(new RunEvent.JobEnded(_job.Name, status, reason) { At = Now });

    private void Report(int node, JobEvent happened)
    {
        if (happened is JobEvent.StepOutput output)
            _run.TellOutput(_job.Name, node, output);
        else
            _run.Tell(Journalled(node, happened));
    }

    private RunEvent Journalled(int node, JobEvent happened) => happened switch
    {
        JobEvent.StepStarted e => new RunEvent.StepStarted(_job.Name, node, e.Index, e.Title, e.LogFile) { At = Now },
        JobEvent.StepEnded e => new RunEvent.StepEnded(_job.Name, node, e.Index, e.Status, e.ExitCode, e.Elapsed) { At = Now },
        JobEvent.ProcessStarted e => new RunEvent.ProcessStarted(_job.Name, node, e.ProcessId, e.Started, e.ContainerName) { At = Now },
        JobEvent.LayerPersisted e => new RunEvent.LayerPersisted(_job.Name, node, e.Layer) { At = Now },
        JobEvent.ArtifactStored e => new RunEvent.ArtifactStored(_job.Name, node, new StoredArtifact(e.Path, e.File, e.Bytes)) { At = Now },
        JobEvent.TestsStored e => new RunEvent.TestsStored(_job.Name, node, e.Passed, e.Failed, e.Skipped) { At = Now },
        JobEvent.Noted e => new RunEvent.Noted(_job.Name, node, e.Message) { At = Now },
        _ => throw new UnreachableException(),
    };
}
