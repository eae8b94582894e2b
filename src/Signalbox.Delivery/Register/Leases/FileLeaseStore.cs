using System.Security.Cryptography;
using Signalbox.Journal;

namespace Signalbox.Delivery.Register.Leases;

/// <summary>Leases as files of one folder.</summary>
public sealed class FileLeaseStore(string folder, TimeProvider clock) : ILeaseStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public async Task<StoredLease?> Read(string name, CancellationToken cancellation)
    {
        var file = PathOf(name);
        if (!File.Exists(file))
            return null;
        var content = await File.ReadAllBytesAsync(file, cancellation);
        return new StoredLease(LeaseRecord.FromJson(content), Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    public async Task<bool> Write(string name, LeaseRecord lease, string? tag, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using var turn = await FolderLock.Take($"{PathOf(name)}.lock", Patience, Pause, clock, cancellation)
            ?? throw new IOException($"`{PathOf(name)}` was in use for {Patience.TotalSeconds:0} seconds");
        if ((await Read(name, cancellation))?.Tag != tag)
            return false;
        await DurableFile.Write(PathOf(name), lease.ToJson(), CancellationToken.None);
        return true;
    }

    private string PathOf(string name) => Path.Combine(folder, $"{name}.json");
}
