using System.Security.Cryptography;
using Signalbox.Journal;
using Signalbox.Processes;
using Signalbox.Sandbox.Edge.Daemon;
using Signalbox.Sandbox.Registry.Face;

namespace Signalbox.Sandbox.Registry.Daemon;

/// <summary>The life of the registry's own process: lock, store, face, record, and a decent end.</summary>
/// <param name="path">The registry's folder, absolute.</param>
/// <param name="variables">This process's own variables.</param>
public sealed class RegistryDaemon(string path, IReadOnlyDictionary<string, string> variables, TimeProvider clock)
{
    internal const string Program = "docker-registry";

    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(4);

    private readonly RegistryFolder _folder = new(path);

    /// <summary>Answers until it is cancelled, or until nobody could find it any more.</summary>
    /// <param name="say">Said `ready` once it answers; before that, why it cannot; after that nothing can be said.</param>
    /// <returns>False when it could not start.</returns>
    public async Task<bool> Run(Action<string> say, CancellationToken cancellation)
    {
        DaemonLife.LeaveTerminal();
        Private.Folder(_folder.Path);
        using var held = await FolderLock.Take(_folder.LockFile, LockLimit, clock, cancellation);
        if (held is null)
        {
            say("another registry of this folder is alive");
            return false;
        }

        using var log = File.OpenHandle(_folder.LogFile, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var socket = StoreSocket.Create();
        var store = new ImageStore(_folder, socket, variables, clock);
        if (await store.Start(over.Token) is { } notStarted)
        {
            say(notStarted);
            return false;
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var face = new RegistryFace(_folder, socket, token, clock);
        var port = await face.Start(cancellation);
        var self = await ProcessIdentity.Of(Environment.ProcessId, cancellation);
        var record = new RegistryRecord(self!.Id, self.Started, store.Identity!.Id, store.Identity.Started, port, token, EdgeProgram.Build, clock.GetUtcNow());
        await record.Write(_folder, cancellation);
        say(RegistryLauncher.Ready);
        DaemonLife.LeaveStarter(log);

        await Live(token, store, cancellation);
        await over.CancelAsync();
        await store.Ended;
        return true;
    }

    /// <summary>A record that is gone means that no command can find or stop this process; a store that is gone, that it is of no use.</summary>
    private async Task Live(string token, ImageStore store, CancellationToken cancellation)
    {
        try
        {
            do
                await Task.Delay(Watch, clock, cancellation);
            while (!store.Ended.IsCompleted && await RegistryRecord.Read(_folder, cancellation) is { } now && now.Token == token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to end; the record goes below.
        }

        if (await RegistryRecord.Read(_folder, CancellationToken.None) is { } last && last.Token == token)
            File.Delete(_folder.RecordFile);
    }
}
