using System.ComponentModel;
using Signalbox.Diagnostics;
using Signalbox.Processes;
using Signalbox.Sandbox.Edge.Daemon;
using Signalbox.Sandbox.Emulator;

namespace Signalbox.Sandbox.Registry.Daemon;

/// <summary>Starts, checks and ends the registry of one sandbox. What a record says is never believed.</summary>
internal sealed class RegistryLauncher(RegistryFolder folder, IReadOnlyDictionary<string, string> variables, TimeProvider clock)
{
    public static readonly Rule NotRunning = new("SB5250", Severity.Error, "the sandbox's registry is not running");
    public static readonly Rule NotStarted = new("SB5251", Severity.Error, "the sandbox's registry did not start");
    public static readonly Rule NotEnded = new("SB5252", Severity.Error, "the sandbox's registry could not be ended");
    public static readonly Rule NotInstalled = new("SB5253", Severity.Warning, "the sandbox has no registry for images");

    /// <summary>What the face says on standard output once it answers.</summary>
    public const string Ready = "ready";

    private const int LogLines = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>The registry, if it lives and answers.</summary>
    public async Task<Outcome<SandboxRegistry>> Look(CancellationToken cancellation)
    {
        if (await RegistryRecord.Read(folder, cancellation) is not { } record)
            return NotRunning.Without("the sandbox's registry is not running", "run `signalbox sandbox up`");
        if (await record.Check(folder, cancellation) is null)
            return NotRunning.Without($"the sandbox's registry (pid {record.Process}) has died", "run `signalbox sandbox up`");
        // The face notices that too, and ends, but not at once.
        if (await record.CheckStore(folder, cancellation) is null)
            return NotRunning.Without($"the docker-registry of the sandbox (pid {record.Store}) has died", "run `signalbox sandbox up`");
        return await Answers(record, cancellation)
            ? new SandboxRegistry(record.Address, folder.LogFile, record.Process)
            : NotRunning.Without($"the sandbox's registry (pid {record.Process}) is alive and does not answer", "run `signalbox sandbox up`");
    }

    /// <summary>Null when a registry of this build answers. A machine without docker-registry has a sandbox without images.</summary>
    public async Task<Diagnostic?> Up(CancellationToken cancellation)
    {
        if ((await Look(cancellation)).Succeeded(out _, out _) && await RegistryRecord.Read(folder, cancellation) is { } record && record.Build == EdgeProgram.Build)
            return null;
        if (await Down(cancellation) is { } left)
            return left;
        return ProgramSearch.Find(RegistryDaemon.Program, variables) is null
            ? NotInstalled.Without("`docker-registry` is not on the PATH, so the sandbox has no registry for images", "run `scripts/setup.sh`, then `signalbox sandbox up`")
            : await Start(cancellation);
    }

    /// <summary>Null when nothing of this folder's registry is left; what it stores stays.</summary>
    public async Task<Diagnostic?> Down(CancellationToken cancellation)
    {
        if (await RegistryRecord.Read(folder, cancellation) is not { } record)
            return null;
        foreach (var process in new[] { await record.Check(folder, cancellation), await record.CheckStore(folder, cancellation) })
        {
            if (process is not null && !await process.Stop(clock, cancellation))
                return NotEnded.Without($"the sandbox's registry (pid {process.Id}) could not be ended", $"run `kill -9 {process.Id}`");
        }

        File.Delete(folder.RecordFile);
        return null;
    }

    private async Task<Diagnostic?> Start(CancellationToken cancellation)
    {
        Private.Folder(folder.Path);
        var command = new Command(EdgeProgram.Path, ["sandbox", "registry", "--folder", folder.Path]) { Folder = "/", Environment = variables };
        var said = new List<string>();
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var exit = await new ProcessRunner(clock).Leave(command, Ready, line => { lock (said) said.Add(line.Text); }, either.Token);
            cancellation.ThrowIfCancellationRequested();
            return exit is null
                ? null
                : NotStarted.Without(
                    $"the sandbox's registry {(exit.WasInterrupted ? $"did not answer within {Limit.TotalSeconds:0} s" : $"ended with {exit.Code} while it was starting")}:"
                        + string.Concat(said.TakeLast(LogLines).Select(line => $"\n  {line}")),
                    $"read `{folder.LogFile}`");
        }
        catch (Win32Exception refused)
        {
            return NotStarted.Without($"`{command.Program}` cannot be run: {refused.Message}", hint: null);
        }
    }

    /// <summary>False too when something else took the port: it would not know the token.</summary>
    private static async Task<bool> Answers(RegistryRecord record, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerLimit);
        try
        {
            using var answer = await Loopback.Client.GetAsync(new Uri(record.Address, Face.RegistryFace.Alive), limit.Token);
            return await answer.Content.ReadAsStringAsync(limit.Token) == record.Token;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
