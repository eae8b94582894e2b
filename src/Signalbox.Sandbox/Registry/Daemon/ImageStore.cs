using System.ComponentModel;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Signalbox.Processes;
using Signalbox.Sandbox.Registry.Face;

namespace Signalbox.Sandbox.Registry.Daemon;

/// <summary>Debian's docker-registry, reachable only through a socket in a folder that is closed to others.</summary>
internal sealed class ImageStore(RegistryFolder folder, StoreSocket socket, IReadOnlyDictionary<string, string> variables, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private const int KeptLines = 20;

    private readonly Queue<string> _lastWords = [];

    /// <summary>Completes when the store's process has ended.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public ProcessIdentity? Identity { get; private set; }

    /// <summary>Null when it takes requests; else why it does not.</summary>
    public async Task<string?> Start(CancellationToken cancellation)
    {
        if (ProgramSearch.Find(RegistryDaemon.Program, variables) is not { } program)
            return $"`{RegistryDaemon.Program}` is not on the PATH";
        await Private.File(folder.SettingsFile, Settings(), cancellation);

        var command = new Command(program, ["serve", folder.SettingsFile]) { Folder = folder.Path, Environment = Environment(), Grace = TimeSpan.FromSeconds(2) };
        try
        {
            Ended = new ProcessRunner(clock).Run(command, Keep, cancellation);
        }
        catch (Win32Exception refused)
        {
            return refused.Message;
        }

        var since = clock.GetTimestamp();
        while (!Ended.IsCompleted && clock.GetElapsedTime(since) < Limit)
        {
            if (await Connects(cancellation))
            {
                Identity = await Self(cancellation);
                return Identity is null ? "it ended at once" : null;
            }

            await Task.Delay(Pause, clock, cancellation);
        }

        lock (_lastWords)
            return $"docker-registry does not answer: {string.Join(' ', _lastWords)}";
    }

    /// <summary>The runner keeps its process to itself, so the child is found as any other process is.</summary>
    private async Task<ProcessIdentity?> Self(CancellationToken cancellation)
    {
        foreach (var process in System.Diagnostics.Process.GetProcessesByName(RegistryDaemon.Program))
        {
            using (process)
            {
                if ((await ProcessIdentity.CommandLine(process.Id, cancellation))?.Contains(RegistryRecord.StoreWords(folder), StringComparison.Ordinal) == true)
                    return await ProcessIdentity.Of(process.Id, cancellation);
            }
        }

        return null;
    }

    private async Task<bool> Connects(CancellationToken cancellation)
    {
        try
        {
            await using var stream = await socket.Open(cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Settings() => new StringBuilder()
        .Append("version: 0.1\n")
        .Append("log: { level: warn }\n")
        .Append("storage:\n")
        .Append($"  filesystem: {{ rootdirectory: '{folder.Store.Replace("'", "''", StringComparison.Ordinal)}' }}\n")
        .Append("  delete: { enabled: true }\n")
        .Append("  cache: { blobdescriptor: inmemory }\n")
        .Append("http:\n")
        .Append("  net: unix\n")
        .Append($"  addr: {socket.Path}\n")
        .Append("  relativeurls: true\n")
        .Append($"  secret: {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}\n")
        .ToString();

    private Dictionary<string, string> Environment() => variables
        .Where(variable => variable.Key is "PATH" or "HOME" or "LANG" or "TMPDIR")
        .Append(new("OTEL_TRACES_EXPORTER", "none"))
        .ToDictionary(StringComparer.Ordinal);

    private void Keep(OutputLine line)
    {
        lock (_lastWords)
        {
            _lastWords.Enqueue(line.Text);
            if (_lastWords.Count > KeptLines)
                _lastWords.Dequeue();
        }
    }
}
