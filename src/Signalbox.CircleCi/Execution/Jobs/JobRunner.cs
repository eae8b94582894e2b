using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Containers;
using Signalbox.CircleCi.Execution.InJob;
using Signalbox.CircleCi.Execution.Results;
using Signalbox.CircleCi.Execution.Steps;
using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Signalbox.Processes.Masking;
using Signalbox.Processes.Sessions;

namespace Signalbox.CircleCi.Execution.Jobs;

/// <summary>Runs jobs on this machine: in a private folder, or in containers of podman or docker.</summary>
public sealed class JobRunner(JobHost host, ProcessRunner runner, TimeProvider clock) : IJobRunner, IDisposable
{
    private readonly ContainerEngineSearch _engines = new(host, runner, clock);

    public async Task<JobEnding> Run(JobAssignment assignment, Action<JobEvent> onEvent, CancellationToken cancel)
    {
        var events = new JobEvents(onEvent);
        var (folder, mark) = (new NodeFolder(assignment.Folder), JobMark.Fresh());
        folder.Create();
        var secrets = SecretSearch.For(assignment.Secrets);
        var isContainer = assignment.Policy.Executor is ExecutorChoice.Container && assignment.Body.Executor is JobExecutor.Docker;
        events.Tell(mark.Announced(isContainer ? mark.ContainerName : null));
        if (Refusal(assignment) is { } refusal)
            return new JobEnding(TerminalStatus.Failed, refusal, ShellCommand: null);
        if (OnlyHere(assignment) is { } remark)
            events.Note(remark);

        IWorkplace? place = null;
        var isKept = false;
        try
        {
            if (!(await Place(assignment, folder, mark, isContainer, events, cancel)).Succeeded(out place, out var problems))
                return new JobEnding(TerminalStatus.Failed, string.Join("; ", problems.Select(Sentence)), ShellCommand: null);
            await new TimingStore(assignment).Provide(folder, cancel);
            await FailedTests.Provide(assignment.OnlyFailedTestsOf, folder, cancel);
            InJobPrograms.Write(folder, place.Bridge, host, isContainer);
            var node = new Node
            {
                Assignment = assignment,
                Folder = folder,
                Place = place,
                Host = host,
                Mark = mark,
                Events = events,
                Secrets = secrets,
                Runner = runner,
                Clock = clock,
            };
            await using var run = new NodeRun(node);
            var ending = await run.ToTheEnd(cancel);
            isKept = assignment.Policy.KeepFailed && ending.Status is not TerminalStatus.Success;
            return isKept ? ending with { ShellCommand = await Shell(node) } : ending;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new JobEnding(TerminalStatus.Canceled, "it was canceled", ShellCommand: null);
        }
        finally
        {
            if (place is not null)
                await place.End(isKept, CancellationToken.None);
            else if (isContainer)
                await _engines.Remove([mark.ContainerName], CancellationToken.None);
            _ = MarkedProcesses.Kill(mark.Text);
            if (!isKept)
                DeletedFolder.Delete(folder.Bridge);
        }
    }

    public async Task EndLeftovers(ValueList<JobEvent.ProcessStarted> processes, CancellationToken cancellation)
    {
        foreach (var process in processes)
        {
            var identity = new ProcessIdentity(process.ProcessId, process.Started);
            if (await identity.IsAlive(cancellation))
                identity.KillGroup();
        }

        foreach (var mark in processes.Select(JobMark.In).OfType<JobMark>().Distinct())
            _ = MarkedProcesses.Kill(mark.Text);
        await _engines.Remove([.. processes.Select(process => process.ContainerName).OfType<string>().Distinct(StringComparer.Ordinal)], cancellation);
    }

    public void Dispose() => _engines.Dispose();

    private async Task<Outcome<IWorkplace>> Place(JobAssignment assignment, NodeFolder folder, JobMark mark, bool isContainer, JobEvents events, CancellationToken cancel) =>
        isContainer
            ? await ContainerWorkplace.Start(assignment, folder, mark, _engines, host, events, clock, cancel)
            : new Outcome<IWorkplace>.Success(new HostWorkplace(host, folder, mark, assignment.Body.WorkingDirectory, runner, clock));

    private static string Sentence(Diagnostic problem) => $"{problem.Message} ({problem.Rule.Code}){(problem.Hint is { } hint ? $"; {hint}" : "")}";

    private static Task<string> Shell(Node node)
    {
        var secrets = node.Assignment.Secrets.ToHashSet(StringComparer.Ordinal);
        return node.Place.ShellCommand(
            node.WorkingDirectory,
            [.. node.Variables.OfStep([]).Where(variable => !secrets.Contains(variable.Value)).Select(variable => new Variable(variable.Key, variable.Value))],
            CancellationToken.None);
    }

    /// <summary>What the config asks for and the executor does not give, or null.</summary>
    private static string? OnlyHere(JobAssignment assignment) => (assignment.Policy.Executor, assignment.Body.Executor) switch
    {
        (ExecutorChoice.Host, JobExecutor.Docker { Images: { Count: > 1 } images }) =>
            $"not started on the host executor: {string.Join(", ", images.Skip(1).Select(service => Culprit.Quote(service.Image)))}; `--executor container` starts services",
        (ExecutorChoice.Container, JobExecutor.Machine) => "a `machine` job runs on this machine, not in a container",
        _ => null,
    };

    /// <summary>Why this machine cannot run the job, or null. A job is never run as something else and then called a success.</summary>
    private static string? Refusal(JobAssignment assignment) => assignment.Body.Executor switch
    {
        JobExecutor.MacOs when !OperatingSystem.IsMacOS() => "it needs macOS, and this machine is not one",
        JobExecutor.Machine { Image: var image } when image.Contains("windows", StringComparison.OrdinalIgnoreCase) =>
            "it needs Windows, and no local executor is one",
        _ => null,
    };
}
