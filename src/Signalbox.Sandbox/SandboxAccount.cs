using Signalbox.Diagnostics;
using Signalbox.Journal;
using Signalbox.Sandbox.Children;
using Signalbox.Sandbox.Edge.Daemon;
using Signalbox.Sandbox.Emulator;
using Signalbox.Sandbox.Providers;
using Signalbox.Sandbox.Registry.Daemon;
using Signalbox.Sandbox.Snapshots;

namespace Signalbox.Sandbox;

/// <summary>The emulated AWS account of one repository. Every question is answered by looking, not from memory.</summary>
/// <param name="folder">`.signalbox/sandbox` of the repository, absolute.</param>
/// <param name="variables">The person's own environment variables.</param>
public sealed class SandboxAccount(string folder, TimeProvider clock, IReadOnlyDictionary<string, string> variables)
{
    internal static readonly Rule NotEnded = new("SB5113", Severity.Error, "the emulator could not be ended");
    internal static readonly Rule Busy = new("SB5114", Severity.Error, "another signalbox is changing the sandbox");
    internal static readonly Rule WouldReplace = new("SB5115", Severity.Error, "a snapshot would replace the running account");

    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly SandboxFolder _folder = new(Path.GetFullPath(folder));

    /// <summary>Brings the sandbox up, or leaves it up; the state buckets exist in either case.</summary>
    public async Task<Outcome<RunningSandbox>> Up(SandboxRequest request, Action<string> say, CancellationToken cancellation)
    {
        var problems = StateBuckets.Check(request.StateBuckets);
        if (request.Snapshot is { } name && SnapshotStore.Check(name) is { } badName)
            problems = [.. problems, badName];
        if (problems.Count > 0)
            return new Outcome<RunningSandbox>.Failure(problems);

        return await Alone(say, () => UpAlone(request, say, cancellation), cancellation);
    }

    public async Task<SandboxStatus> Status(CancellationToken cancellation)
    {
        if (await EmulatorRecord.Read(_folder.RecordFile, cancellation) is not { } record)
            return new SandboxStatus.Down();
        if (await record.Check(_folder, cancellation) is null)
            return new SandboxStatus.Dead(record.Process);
        if (record.Port is null)
            return new SandboxStatus.Starting(record.Process);
        if (!await new EmulatorDoor(record).Answers(cancellation))
            return new SandboxStatus.Silent(record.Process);

        return new SandboxStatus.Up(new RunningSandbox(record, _folder, Mirror(), await Edge().Look(cancellation), await Registry().Look(cancellation), variables));
    }

    /// <summary>The running sandbox, or the one sentence that says why there is none and what mends it.</summary>
    public async Task<Outcome<RunningSandbox>> Running(CancellationToken cancellation)
    {
        var status = await Status(cancellation);
        if (status is not SandboxStatus.Up up)
            return SandboxAbsence.Of(status);
        await SandboxVariables.WriteFiles(_folder, up.Sandbox.Mirror, cancellation);
        return up.Sandbox;
    }

    /// <summary>Ends the emulator. The account goes with it, because it lives in that process only.</summary>
    public Task<Outcome<SandboxEnd>> Down(Action<string> say, CancellationToken cancellation) =>
        Alone(say, () => DownAlone(cancellation), cancellation);

    /// <summary>Forgets the account and brings an empty one up, or a recorded one. Snapshots stay.</summary>
    public async Task<Outcome<RunningSandbox>> Reset(SandboxRequest request, Action<string> say, CancellationToken cancellation)
    {
        var ended = await Down(say, cancellation);
        if (!ended.Succeeded(out _, out var problems))
            return new Outcome<RunningSandbox>.Failure(problems);
        if (Directory.Exists(_folder.ChildHome))
            Directory.Delete(_folder.ChildHome, recursive: true);
        return await Up(request, say, cancellation);
    }

    /// <summary>Records the running account under a name, in place of what that name held.</summary>
    public async Task<Outcome<SnapshotRecord>> Record(string name, CancellationToken cancellation)
    {
        if (SnapshotStore.Check(name) is { } badName)
            return badName;
        var status = await Status(cancellation);
        if (status is not SandboxStatus.Up || await EmulatorRecord.Read(_folder.RecordFile, cancellation) is not { } record)
            return SandboxAbsence.Of(status);
        if (record.Build != LauncherFiles.Build)
            return SnapshotStore.OtherBuild.Without("another build of signalbox started this emulator", "run `signalbox sandbox reset` first");

        var (account, problem) = await new EmulatorDoor(record).Take(cancellation);
        return account is null
            ? StateBuckets.Refused.Without($"the account cannot be recorded: {problem}", hint: null)
            : await new SnapshotStore(_folder, clock).Save(name, account, record.Moto, cancellation);
    }

    private async Task<Outcome<T>> Alone<T>(Action<string> say, Func<Task<Outcome<T>>> work, CancellationToken cancellation)
    {
        _folder.Create();
        using var held = await Patience.Awaiting(
            () => FolderLock.Take(_folder.LockFile, LockLimit, clock, cancellation),
            () => say("waiting for another signalbox that is changing the sandbox"),
            clock,
            cancellation);
        return held is null
            ? Busy.Without($"another signalbox has been changing the sandbox for {LockLimit.TotalSeconds:0} s", "try again when it is done")
            : await work();
    }

    private async Task<Outcome<RunningSandbox>> UpAlone(SandboxRequest request, Action<string> say, CancellationToken cancellation)
    {
        var status = await Settled(cancellation);
        if (status is SandboxStatus.Silent)
            return SandboxAbsence.Of(status);
        if (status is SandboxStatus.Up && request.Snapshot is { } name)
        {
            return WouldReplace.Without(
                $"the sandbox is up, and the snapshot `{name}` would replace its account",
                $"run `signalbox sandbox reset --from-snapshot {name}` to give that account up");
        }

        if (status is SandboxStatus.Dead dead)
            say($"the emulator (pid {dead.ProcessId}) had died; its account is gone");
        var wasUp = status is SandboxStatus.Up;
        if (!wasUp && await Start(request.Snapshot, say, cancellation) is { } problems)
            return new Outcome<RunningSandbox>.Failure(problems);
        if (await Edge().Up(cancellation) is { } noEdge)
            return noEdge;
        if (await Registry().Up(cancellation) is { } noRegistry)
        {
            if (noRegistry.Rule.Severity == Severity.Error)
                return noRegistry;
            say($"note: {noRegistry.Message}; {noRegistry.Hint}");
        }

        var running = await Running(cancellation);
        if (!running.Succeeded(out var sandbox, out _))
            return running;
        if (await StateBuckets.Create(sandbox.Endpoint, request.StateBuckets, cancellation) is { } refused)
            return refused;
        return sandbox with { WasAlreadyUp = wasUp };
    }

    /// <summary>Waits for an emulator whose starter ended before it: killed, say, or in a terminal that was closed.</summary>
    private async Task<SandboxStatus> Settled(CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        var status = await Status(cancellation);
        while (status is SandboxStatus.Starting && clock.GetElapsedTime(since) < StartLimit)
        {
            await Task.Delay(Pause, clock, cancellation);
            status = await Status(cancellation);
        }

        return status is SandboxStatus.Starting starting ? new SandboxStatus.Silent(starting.ProcessId) : status;
    }

    /// <summary>Null when an emulator answers, with the snapshot's account in it if one was asked for.</summary>
    private async Task<ValueList<Diagnostic>?> Start(string? snapshot, Action<string> say, CancellationToken cancellation)
    {
        if (!(await PythonWithMoto.Find(_folder, variables, cancellation)).Succeeded(out var python, out var problems))
            return problems;
        byte[]? account = null;
        if (snapshot is not null
            && !(await new SnapshotStore(_folder, clock).Load(snapshot, python.MotoVersion, cancellation)).Succeeded(out account, out problems))
        {
            return problems;
        }

        File.Delete(_folder.RecordFile);
        await SandboxVariables.WriteFiles(_folder, Mirror(), cancellation);
        var launcher = new EmulatorLauncher(_folder, python, EmulatorVariables());
        var notStarted = await Patience.Awaiting(
            () => launcher.Start(clock, cancellation),
            () => say($"waiting for the emulator to answer (its log: {_folder.LogFile})"),
            clock,
            cancellation);
        if (notStarted is not null)
            return [notStarted];
        return account is null ? null : await Restore(account, cancellation);
    }

    /// <summary>An account that came back in part is no account: the emulator is ended again.</summary>
    private async Task<ValueList<Diagnostic>?> Restore(byte[] account, CancellationToken cancellation)
    {
        var problem = await EmulatorRecord.Read(_folder.RecordFile, cancellation) is { } record
            ? await new EmulatorDoor(record).Restore(account, cancellation)
            : "it ended";
        if (problem is null)
            return null;
        await DownAlone(cancellation);
        return [StateBuckets.Refused.Without($"the emulator did not take the snapshot: {problem}", $"read `{_folder.LogFile}`")];
    }

    private async Task<Outcome<SandboxEnd>> DownAlone(CancellationToken cancellation)
    {
        if (await Edge().Down(cancellation) is { } edgeLeft)
            return edgeLeft;
        if (await Registry().Down(cancellation) is { } registryLeft)
            return registryLeft;
        if (await EmulatorRecord.Read(_folder.RecordFile, cancellation) is not { } record)
            return new SandboxEnd(ProcessId: null);
        var emulator = await record.Check(_folder, cancellation);
        if (emulator is not null && !await emulator.Stop(clock, cancellation))
            return NotEnded.Without($"the emulator (pid {record.Process}) could not be ended", $"run `kill -9 {record.Process}`");
        File.Delete(_folder.RecordFile);
        return new SandboxEnd(emulator?.Id);
    }

    private RegistryLauncher Registry() => new(_folder.Registry, EdgeVariables(), clock);

    private EdgeLauncher Edge() => new(_folder.Edge, EdgeVariables(), clock);

    /// <summary>Where the runtime lies, when this program was not compiled ahead of time, and nothing that leads away.</summary>
    private Dictionary<string, string> EdgeVariables() => variables
        .Where(variable => variable.Key is "PATH" or "HOME" or "LANG" or "TMPDIR" || variable.Key.StartsWith("DOTNET_", StringComparison.Ordinal))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Python finds a moto of `pip install --user` through the person's own home.</summary>
    private Dictionary<string, string> EmulatorVariables()
    {
        var own = SandboxVariables.For(_folder, endpoint: null);
        foreach (var name in new[] { "PATH", "HOME", "LANG", "TMPDIR" })
        {
            if (variables.TryGetValue(name, out var value))
                own[name] = value;
        }

        return own;
    }

    private ProviderMirror? Mirror() => new MirrorDiscovery(variables, _folder.Repository).Find();
}
