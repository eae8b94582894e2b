using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Jobs;
using Signalbox.Diagnostics;
using Signalbox.Journal;
using Signalbox.Processes;

namespace Signalbox.CircleCi.Execution.Runs;

/// <summary>What is to be done about a job under which the engine was killed.</summary>
public enum InterruptedJob
{
    /// <summary>It runs again from its first step.</summary>
    Rerun,

    /// <summary>It ends as failed.</summary>
    Fail,
}

/// <summary>What an engine that was killed left behind.</summary>
internal static class Leftovers
{
    /// <summary>The processes of a run that no engine watches.</summary>
    public static ValueList<JobEvent.ProcessStarted> Processes(RunState run) =>
        [.. run.Jobs.Values.Where(job => job.Phase == JobPhase.Running).SelectMany(job => job.Nodes).SelectMany(node => node.Processes)];

    /// <summary>What becomes of the jobs that ran when the engine was killed.</summary>
    public static IEnumerable<RunEvent> Judged(RunState run, InterruptedJob policy, DateTimeOffset now)
    {
        foreach (var (name, job) in run.Jobs.Where(pair => pair.Value.Phase == JobPhase.Running).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (policy == InterruptedJob.Rerun && run.CanceledBy is null && !job.IsCancelAsked)
            {
                yield return new RunEvent.JobInterrupted(name) { At = now };
                continue;
            }

            foreach (var node in job.Nodes.Where(node => node.Ending is null))
                yield return new RunEvent.NodeEnded(name, node.Index, TerminalStatus.Failed, Reason(node), ShellCommand: null) { At = now };
            yield return new RunEvent.JobEnded(name, TerminalStatus.Failed, job.Nodes.Select(Reason).FirstOrDefault() ?? "the engine was killed") { At = now };
        }
    }

    /// <summary>Whether programs of the ticket's job are still at work although the engine that started them is gone.</summary>
    public static async Task<bool> Work(SerialTicket ticket, CancellationToken cancellation)
    {
        if (RunId.Parse(ticket.Run) is not { } id || !File.Exists(ticket.Project))
            return false;
        using var journal = await EventJournal.Open(ticket.Project, cancellation);
        if (await new RunJournal(journal).Load(id, cancellation) is not { } run)
            return false;
        foreach (var process in Processes(run))
        {
            if (await new ProcessIdentity(process.ProcessId, process.Started).IsAlive(cancellation))
                return true;
        }

        return false;
    }

    private static string Reason(NodeState node) => node.Steps.FirstOrDefault(step => step.Ending is null) is { } step
        ? $"the engine was killed during the step `{step.Title}`"
        : "the engine was killed while it ran";
}
