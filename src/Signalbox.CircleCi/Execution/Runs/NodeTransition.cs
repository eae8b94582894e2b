using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>What the events of one node of a running job add up to.</summary>
internal static class NodeTransition
{
    public static JobState? After(JobState job, RunEvent happened) => happened switch
    {
        RunEvent.NodeEnded e => Live(job, e.Node) is { } node
            ? job.With(node with { Ending = e.Status, Problem = e.Problem, ShellCommand = e.ShellCommand, Processes = [] })
            : null,
        RunEvent.StepStarted e => Live(job, e.Node) is { } node
            ? job.With(node with { Steps = [.. node.Steps.Where(step => step.Index != e.Step), new StepState(e.Step, e.Title, e.LogFile, e.At)] })
            : null,
        RunEvent.StepEnded e => Live(job, e.Node) is { } node && node.Steps.Any(step => step.Index == e.Step)
            ? job.With(node with { Steps = [.. node.Steps.Select(step => step.Index == e.Step ? step with { Ending = e.Status, ExitCode = e.ExitCode, Elapsed = e.Elapsed } : step)] })
            : null,
        RunEvent.ProcessStarted e => Live(job, e.Node) is { } node
            ? job.With(node with { Processes = [.. node.Processes, new JobEvent.ProcessStarted(e.ProcessId, e.Started, e.ContainerName)] })
            : null,
        RunEvent.LayerPersisted e => Live(job, e.Node) is { } node ? job.With(node with { Layers = [.. node.Layers, e.Layer] }) : null,
        RunEvent.ArtifactStored e => Live(job, e.Node) is { } node ? job.With(node with { Artifacts = [.. node.Artifacts, e.Artifact] }) : null,
        RunEvent.TestsStored e => Live(job, e.Node) is { } node ? job.With(node with { Tests = node.Tests.And(new(e.Passed, e.Failed, e.Skipped)) }) : null,
        RunEvent.Noted e => Live(job, e.Node) is { } node ? job.With(node with { Notes = [.. node.Notes, e.Message] }) : null,
        _ => null,
    };

    private static NodeState? Live(JobState job, int index) => job.Node(index) is { Ending: null } node ? node : null;
}
