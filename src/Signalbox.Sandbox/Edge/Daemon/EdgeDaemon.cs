using System.Security.Cryptography;
using Signalbox.Journal;
using Signalbox.Processes;
using Signalbox.Sandbox.Edge.Certificates;
using Signalbox.Sandbox.Edge.Serving;

namespace Signalbox.Sandbox.Edge.Daemon;

/// <summary>The life of the edge's own process: lock, authority, server, record, and a decent end.</summary>
/// <param name="sandboxFolder">`.signalbox/sandbox` of the repository, absolute.</param>
public sealed class EdgeDaemon(string sandboxFolder, TimeProvider clock)
{
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(4);

    /// <param name="edgeFolder">The edge's folder, as its command line names it.</param>
    public static EdgeDaemon Of(string edgeFolder, TimeProvider clock) => new(Path.GetDirectoryName(edgeFolder) ?? edgeFolder, clock);

    /// <summary>Answers until it is cancelled, or until nobody could find it any more.</summary>
    /// <param name="say">Said `ready` once it answers; after that nothing can be said.</param>
    /// <returns>False when another edge of this folder is alive.</returns>
    public async Task<bool> Run(Action<string> say, CancellationToken cancellation)
    {
        DaemonLife.LeaveTerminal();
        var folder = new SandboxFolder(sandboxFolder).Edge;
        Private.Folder(folder.Path);
        using var held = await FolderLock.Take(folder.LockFile, LockLimit, clock, cancellation);
        if (held is null)
            return false;

        using var authority = await SandboxAuthority.Open(folder, clock, cancellation);
        await using var log = EdgeLog.Open(folder.LogFile, clock);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var server = new EdgeServer(new SandboxFolder(sandboxFolder), authority, token, log, clock);
        var ports = await server.Start(cancellation);
        var self = await ProcessIdentity.Of(Environment.ProcessId, cancellation);
        var record = new EdgeRecord(self!.Id, self.Started, ports.Https, ports.Door, token, EdgeProgram.Build, clock.GetUtcNow());
        await record.Write(folder, cancellation);
        say(EdgeProgram.Ready);
        DaemonLife.LeaveStarter(log.File);

        try
        {
            // A record that is gone means that no command can find or stop this process: it ends by itself.
            do
                await Task.Delay(Watch, clock, cancellation);
            while (await EdgeRecord.Read(folder, cancellation) is { } now && now.Token == token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            if (await EdgeRecord.Read(folder, CancellationToken.None) is { } now && now.Token == token)
                File.Delete(folder.RecordFile);
        }

        return true;
    }
}
