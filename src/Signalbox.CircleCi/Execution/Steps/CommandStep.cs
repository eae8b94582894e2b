using System.ComponentModel;
using System.Globalization;
using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.CircleCi.Execution.Workplaces;
using Signalbox.Diagnostics;
using Signalbox.Processes.Sessions;

namespace Signalbox.CircleCi.Execution.Steps;

/// <summary>A `run` step: its command in a file, given to a fresh shell.</summary>
internal sealed class CommandStep(Node node, Step.Run step, int index, StepLog log)
{
    /// <summary>How often a running step is looked at; its tail is told no more often than this.</summary>
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(250);

    /// <summary>After its end a command's output is awaited this long; children it left behind may hold it for ever.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(300);

    private int _linesTold;

    /// <param name="left">Takes each process with the copying of its output: both live on until the job ends.</param>
    public async Task<StepResult> Run(Action<SessionProcess, Task> left, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await Attempt(attempt, left, cancel);
            if (result.Status is not (StepStatus.Failed or StepStatus.TimedOut) || attempt > step.AutomaticReruns)
                return result;
            log.Say($"The step failed; trying again ({attempt} of {step.AutomaticReruns}) {(step.RerunDelay > TimeSpan.Zero ? $"in {step.RerunDelay.TotalSeconds:0.#} s" : "at once")}.");
            try
            {
                await Task.Delay(step.RerunDelay, node.Clock, cancel);
            }
            catch (OperationCanceledException)
            {
                return StepResult.Canceled;
            }
        }
    }

    private async Task<StepResult> Attempt(int attempt, Action<SessionProcess, Task> left, CancellationToken cancel)
    {
        var folder = step.WorkingDirectory is null ? node.WorkingDirectory : node.Resolve(step.WorkingDirectory);
        var shell = ShellLine.Split(step.Shell ?? node.Assignment.Body.Shell ?? node.Place.DefaultShell);
        if (shell.Count == 0)
            return Problem("has an empty `shell`");

        var name = string.Create(CultureInfo.InvariantCulture, $"{index:000}-{attempt}.sh");
        await File.WriteAllTextAsync(Path.Combine(NodeFolder.Commands(node.Folder.Bridge), name), step.Command, cancel);
        var command = new PlacedCommand(
            [.. shell, $"{NodeFolder.Commands(node.Place.Bridge)}/{name}"],
            folder,
            node.Variables.OfStep(step.Environment));
        SessionProcess process;
        try
        {
            process = await node.Start(command, cancel);
        }
        catch (Win32Exception refused)
        {
            return Problem(await Refusal(folder, shell[0], refused));
        }

        var copying = log.Copy(process.Output, CancellationToken.None);
        left(process, copying);
        return step.IsBackground ? StepResult.Success : await End(process, copying, cancel);
    }

    private async Task<StepResult> End(SessionProcess process, Task copying, CancellationToken cancel)
    {
        log.Touch();
        while (!process.Exited.IsCompleted)
        {
            await Task.WhenAny(process.Exited, Task.Delay(Pulse, node.Clock, cancel));
            if (log.Lines != _linesTold)
            {
                _linesTold = log.Lines;
                node.Events.Tell(new JobEvent.StepOutput(index, log.LastLine));
            }

            if (process.Exited.IsCompleted)
                break;
            if (cancel.IsCancellationRequested)
            {
                await node.Stop(process);
                await Finish(copying);
                return StepResult.Canceled;
            }

            if (node.Clock.GetElapsedTime(log.LastOutputAt) > step.NoOutputTimeout)
            {
                await node.Stop(process);
                await Finish(copying);
                var limit = Limit(step.NoOutputTimeout);
                log.Say($"Too long with no output (exceeded {limit}): context deadline exceeded");
                return new StepResult(StepStatus.TimedOut, ExitCode: null, $"was silent for more than {limit}");
            }
        }

        await Finish(copying);
        var code = await process.Exited;
        return code == 0 ? new StepResult(StepStatus.Success, 0) : StepResult.Failed($"exited with code {code}", code);
    }

    private async Task Finish(Task copying)
    {
        var silent = TimeSpan.Zero;
        while (!copying.IsCompleted && silent < Drain)
        {
            await Task.WhenAny(copying, Task.Delay(Drain / 10, node.Clock, CancellationToken.None));
            silent = node.Clock.GetElapsedTime(log.LastOutputAt);
            if (silent > Drain)
                return;
        }
    }

    private StepResult Problem(string problem)
    {
        log.Say($"The step {problem}.");
        return StepResult.Failed(problem);
    }

    private async Task<string> Refusal(string folder, string shell, Win32Exception refused)
    {
        var isThere = await node.Ask(["/bin/sh", "-c", "test -d \"$1\"", "sh", folder], CancellationToken.None) is not null;
        return isThere ? $"cannot start its shell {Culprit.Quote(shell)}: {refused.Message}" : $"has a working directory that does not exist: {Culprit.Quote(folder)}";
    }

    /// <summary>As Go prints a duration, which is what people search for.</summary>
    private static string Limit(TimeSpan limit)
    {
        var (hours, minutes, seconds) = ((int)limit.TotalHours, limit.Minutes, limit.Seconds + (limit.Milliseconds / 1000.0));
        var text = seconds.ToString("0.###", CultureInfo.InvariantCulture) + "s";
        return hours > 0 ? $"{hours}h{minutes}m{text}" : minutes > 0 ? $"{minutes}m{text}" : text;
    }
}
