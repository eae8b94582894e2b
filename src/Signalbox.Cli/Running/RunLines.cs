using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;

namespace Signalbox.Cli.Running;

/// <summary>A run's events as lines for a person: what stays on the screen.</summary>
internal static class RunLines
{
    private const int WordWidth = 9;

    /// <summary>Null for what is not worth a line.</summary>
    public static string? Of(RunState run, RunEvent happened, Terminal terminal) => happened switch
    {
        RunEvent.Created e => Heading(e.Origin),
        RunEvent.JobKept e => Line(terminal, Colour.Dim, "kept", e.Job, $" ({e.Result.Word()} in an earlier run)"),
        RunEvent.JobHeld e => Line(terminal, Colour.Yellow, "on hold", e.Job, ""),
        RunEvent.Approved e => Line(terminal, Colour.Green, "approved", e.Job, $" by {e.By}"),
        RunEvent.Rejected e => Line(terminal, Colour.Red, "rejected", e.Job, $" by {e.By}"),
        RunEvent.NodeStarted { Node: 0 } e when run[e.Job].Nodes.Count == 1 => Line(terminal, Colour.Blue, "started", e.Job, ""),
        RunEvent.JobInterrupted e => Line(terminal, Colour.Yellow, "interrupted", e.Job, "; it runs again"),
        RunEvent.JobEnded e => Ended(run, e, terminal),
        RunEvent.CancelAsked e => Line(terminal, Colour.Yellow, "cancel", e.Job ?? run.Origin.Workflow, $" asked by {e.By}"),
        RunEvent.Noted e => Line(terminal, Colour.Dim, "note", e.Job, $": {e.Message}"),
        _ => null,
    };

    public static string Heading(RunOrigin run)
    {
        var source = run.Source;
        var what = source.Tag is { } tag ? $"tag {tag}" : source.Branch ?? "a detached head";
        var dirty = source.WithUncommitted ? " with uncommitted changes" : "";
        return $"run {run.Number}: {run.Workflow} on {what} at {source.Commit[..Math.Min(7, source.Commit.Length)]}{dirty}";
    }

    public static Colour ColourOf(TerminalStatus ending) => ending switch
    {
        TerminalStatus.Success => Colour.Green,
        TerminalStatus.Failed or TerminalStatus.Unauthorized => Colour.Red,
        TerminalStatus.Canceled => Colour.Yellow,
        _ => Colour.Dim,
    };

    private static string? Ended(RunState run, RunEvent.JobEnded ended, Terminal terminal)
    {
        if (run.Planned(ended.Job).Kind is not (JobKind.Build or JobKind.Approval))
            return null;
        var job = run[ended.Job];
        var took = job is { StartedAt: { } from, EndedAt: { } to } ? $" ({Duration.Words(to - from)})" : "";
        var why = ended.Reason is { } reason ? $": {reason}" : "";
        return Line(terminal, ColourOf(ended.Status), ended.Status.Word(), ended.Job, took + why);
    }

    private static string Line(Terminal terminal, Colour colour, string word, string job, string rest) =>
        $"{terminal.Paint(colour, word.PadRight(WordWidth))} {job}{rest}";
}
