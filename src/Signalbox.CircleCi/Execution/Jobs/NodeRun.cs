using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Steps;
using Signalbox.CircleCi.Execution.Workplaces;

namespace Signalbox.CircleCi.Execution.Jobs;

/// <summary>One pass through the steps of a job: which of them run, and what their endings make of the job.</summary>
internal sealed class NodeRun(Node node) : IAsyncDisposable
{
    /// <summary>An engine that hangs must not hang the job.</summary>
    private static readonly TimeSpan ServicePatience = TimeSpan.FromSeconds(30);

    private readonly List<(PlacedProcess Process, Task Copying)> _left = [];
    private readonly List<StepLog> _logs = [];
    private string? _problem;
    private bool _isHalted;

    public async Task<JobEnding> ToTheEnd(CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(node.Assignment.Policy.TimeLimit, node.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var (steps, since) = (node.Assignment.Body.Steps, node.Clock.GetTimestamp());
        for (var index = 0; index < steps.Count; index++)
            await Run(steps[index], index, stop.Token);
        for (var service = 0; service < node.Place.Services.Count; service++)
            await Keep(node.Place.Services[service], steps.Count + service, since);

        if (cancel.IsCancellationRequested)
            return new JobEnding(TerminalStatus.Canceled, "it was canceled", ShellCommand: null);
        if (limit.IsCancellationRequested)
            return new JobEnding(TerminalStatus.Failed, $"it took longer than {node.Assignment.Policy.TimeLimit}", ShellCommand: null);
        return new JobEnding(_problem is null ? TerminalStatus.Success : TerminalStatus.Failed, _problem, ShellCommand: null);
    }

    /// <summary>Ends what the steps left running. Their logs are complete only after this.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (process, _) in _left)
            await process.DisposeAsync();
        foreach (var (_, copying) in _left)
        {
            try
            {
                await copying.WaitAsync(TimeSpan.FromSeconds(1), node.Clock);
            }
            catch (Exception cut) when (cut is TimeoutException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The pipe was closed under the copy, which is how a log whose writer outlives its job must end.
            }
        }

        foreach (var log in _logs)
            await log.DisposeAsync();
    }

    private async Task Run(Step step, int index, CancellationToken stop)
    {
        var log = Begin(index, step.Title);
        var since = node.Clock.GetTimestamp();
        var result = Skipped(step, stop) is { } reason ? Skip(log, reason) : await Act(step, index, log, stop);
        if (result.Status is StepStatus.Failed or StepStatus.TimedOut && _problem is null)
            _problem = $"step `{FirstLine(step.Title)}` {result.Problem}";
        _isHalted |= File.Exists(NodeFolder.HaltSignal(node.Folder.Bridge));
        node.Events.Tell(new JobEvent.StepEnded(index, result.Status, result.ExitCode, node.Clock.GetElapsedTime(since)));
    }

    /// <summary>What a service said becomes a step of its own, after those of the config; it has no say in how the job ends.</summary>
    private async Task Keep(StartedService service, int index, long since)
    {
        var log = Begin(index, $"Container {service.Image}");
        using var patience = new CancellationTokenSource(ServicePatience, node.Clock);
        try
        {
            await using var output = node.Runner.Start(service.Output);
            await log.Copy(output.Output, patience.Token);
            await using var ending = node.Runner.Start(service.Ending);
            using var code = new StreamReader(ending.Output);
            if ((await code.ReadToEndAsync(patience.Token)).Trim() is { Length: > 0 } exitCode)
                log.Say($"The container ended with {exitCode} while the job ran.");
        }
        catch (OperationCanceledException)
        {
            log.Say($"The container engine did not say all of it within {ServicePatience.TotalSeconds:0} s.");
        }

        node.Events.Tell(new JobEvent.StepEnded(index, StepStatus.Success, ExitCode: null, node.Clock.GetElapsedTime(since)));
    }

    private StepLog Begin(int index, string title)
    {
        var log = new StepLog(node.Folder.Log(index), node.Secrets, node.Clock);
        _logs.Add(log);
        node.Events.Tell(new JobEvent.StepStarted(index, title, log.Path));
        return log;
    }

    private async Task<StepResult> Act(Step step, int index, StepLog log, CancellationToken stop)
    {
        try
        {
            return step is Step.Run run
                ? await new CommandStep(node, run, index, log).Run((process, copying) => _left.Add((process, copying)), stop)
                : await BuiltInStep.Run(step, node, log, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return StepResult.Canceled;
        }
    }

    /// <summary>Why a step does not run; null when it does (configuration reference, "The when attribute").</summary>
    private string? Skipped(Step step, CancellationToken stop) => step switch
    {
        _ when stop.IsCancellationRequested => "the job was ended",
        _ when _isHalted => "the job was halted",
        Step.Run { IsDeploy: true } when node.Assignment.NodeIndex != 0 => "a deploy step runs on node 0 only",
        Step.StoreArtifacts or Step.StoreTestResults => null,
        { When: StepCondition.OnFail } when _problem is null => "nothing failed",
        { When: StepCondition.OnSuccess } when _problem is not null => "an earlier step failed",
        _ => null,
    };

    private static StepResult Skip(StepLog log, string reason)
    {
        log.Say($"Skipped: {reason}.");
        return new StepResult(StepStatus.Skipped);
    }

    private static string FirstLine(string title) => title.Split('\n', 2)[0];
}
