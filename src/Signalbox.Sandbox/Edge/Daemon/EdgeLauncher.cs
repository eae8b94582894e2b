using System.ComponentModel;
using System.Net;
using Signalbox.Diagnostics;
using Signalbox.Processes;

namespace Signalbox.Sandbox.Edge.Daemon;

/// <summary>Starts, checks and ends the edge of one sandbox. What a record says is never believed.</summary>
internal sealed class EdgeLauncher(EdgeFolder folder, IReadOnlyDictionary<string, string> variables, TimeProvider clock)
{
    public static readonly Rule NotRunning = new("SB5200", Severity.Error, "the sandbox's edge is not running");
    public static readonly Rule NotStarted = new("SB5201", Severity.Error, "the edge did not start");
    public static readonly Rule NotEnded = new("SB5202", Severity.Error, "the edge could not be ended");

    private const int LogLines = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The edge, if it lives and answers.</summary>
    public async Task<Outcome<SandboxEdge>> Look(CancellationToken cancellation)
    {
        if (await EdgeRecord.Read(folder, cancellation) is not { } record)
            return NotRunning.Without("the sandbox's edge is not running", "run `signalbox sandbox up`");
        if (await record.Check(folder, cancellation) is null)
            return NotRunning.Without($"the sandbox's edge (pid {record.Process}) has died", "run `signalbox sandbox up`");
        return await EdgeDoor.Answers(record, cancellation)
            ? new SandboxEdge(new IPEndPoint(IPAddress.Loopback, record.Port), folder.AuthorityFile, folder.LogFile, record.Process)
            : NotRunning.Without($"the sandbox's edge (pid {record.Process}) is alive and does not answer", "run `signalbox sandbox up`");
    }

    /// <summary>Null when an edge of this build answers; one that hangs, or that another build started, is replaced.</summary>
    public async Task<Diagnostic?> Up(CancellationToken cancellation)
    {
        if ((await Look(cancellation)).Succeeded(out _, out _) && await EdgeRecord.Read(folder, cancellation) is { } record && record.Build == EdgeProgram.Build)
            return null;
        return await Down(cancellation) ?? await Start(cancellation);
    }

    /// <summary>Null when no edge of this folder is left.</summary>
    public async Task<Diagnostic?> Down(CancellationToken cancellation)
    {
        if (await EdgeRecord.Read(folder, cancellation) is not { } record)
            return null;
        var edge = await record.Check(folder, cancellation);
        if (edge is not null && !await edge.Stop(clock, cancellation))
            return NotEnded.Without($"the edge (pid {edge.Id}) could not be ended", $"run `kill -9 {edge.Id}`");
        File.Delete(folder.RecordFile);
        return null;
    }

    private async Task<Diagnostic?> Start(CancellationToken cancellation)
    {
        Private.Folder(folder.Path);
        var command = new Command(EdgeProgram.Path, EdgeProgram.Arguments(folder)) { Folder = "/", Environment = variables };
        var said = new List<string>();
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var exit = await new ProcessRunner(clock).Leave(command, EdgeProgram.Ready, line => { lock (said) said.Add(line.Text); }, either.Token);
            cancellation.ThrowIfCancellationRequested();
            return exit is null
                ? null
                : NotStarted.Without(
                    $"the edge {(exit.WasInterrupted ? $"did not answer within {Limit.TotalSeconds:0} s" : $"ended with {exit.Code} while it was starting")}:"
                        + string.Concat(said.TakeLast(LogLines).Select(line => $"\n  {line}")),
                    $"read `{folder.LogFile}`");
        }
        catch (Win32Exception refused)
        {
            return NotStarted.Without($"`{command.Program}` cannot be run: {refused.Message}", hint: null);
        }
    }
}
