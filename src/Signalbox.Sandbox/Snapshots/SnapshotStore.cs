using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Signalbox.Diagnostics;
using Signalbox.Sandbox.Emulator;

namespace Signalbox.Sandbox.Snapshots;

/// <summary>
/// Accounts recorded on this machine. Restoring one runs its bytes as code, so only what was sealed with this
/// machine's key, and by the launcher and moto that will read it, is ever given back.
/// </summary>
internal sealed partial class SnapshotStore(SandboxFolder folder, TimeProvider clock)
{
    public static readonly Rule Absent = new("SB5107", Severity.Error, "there is no such snapshot");
    public static readonly Rule NotOurs = new("SB5108", Severity.Error, "the snapshot was not recorded on this machine, or was changed");
    public static readonly Rule OtherBuild = new("SB5109", Severity.Error, "the snapshot was recorded by another build");
    public static readonly Rule BadName = new("SB5111", Severity.Error, "not the name of a snapshot");

    private const string Again = "run `signalbox sandbox snapshot` in a sandbox that is up to record a new one";

    public static Diagnostic? Check(string name) => Name.IsMatch(name)
        ? null
        : BadName.Without($"`{name}` cannot be the name of a snapshot", "use up to 40 lower-case letters, digits and hyphens");

    /// <summary>The account's file first, then the record that names it: a crash between leaves the old snapshot whole.</summary>
    public async Task<SnapshotRecord> Save(string name, byte[] account, string moto, CancellationToken cancellation)
    {
        Private.Folder(Folder(name));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(account));
        var record = new SnapshotRecord(name, clock.GetUtcNow(), LauncherFiles.Build, moto, sha256, account.LongLength, Seal: "")
            .Sealed(await Key(cancellation));
        await Private.File(AccountFile(record), account, cancellation);
        await Private.File(RecordFile(name), JsonSerializer.Serialize(record, SnapshotJson.Default.SnapshotRecord), cancellation);

        foreach (var older in Directory.EnumerateFiles(Folder(name), "*.account").Where(file => file != AccountFile(record)))
            File.Delete(older);
        return record;
    }

    public async Task<Outcome<byte[]>> Load(string name, string moto, CancellationToken cancellation)
    {
        if (!File.Exists(RecordFile(name)))
            return Absent.Without($"there is no snapshot `{name}`", Again);
        if (await Read(name, cancellation) is not { } record
            || record.Name != name
            || !File.Exists(folder.SnapshotKeyFile)
            || !record.IsSealedWith(await File.ReadAllBytesAsync(folder.SnapshotKeyFile, cancellation)))
        {
            return Changed(name);
        }

        if (record.Build != LauncherFiles.Build || record.Moto != moto)
            return OtherBuild.Without($"the snapshot `{name}` was recorded by another build of signalbox or by moto {record.Moto}", Again);
        if (!File.Exists(AccountFile(record)))
            return Changed(name);
        var account = await File.ReadAllBytesAsync(AccountFile(record), cancellation);
        return Convert.ToHexStringLower(SHA256.HashData(account)) == record.Sha256 ? account : Changed(name);
    }

    private static Diagnostic Changed(string name) =>
        NotOurs.Without($"the snapshot `{name}` was not recorded on this machine, or was changed since", Again);

    private async Task<SnapshotRecord?> Read(string name, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(RecordFile(name));
            return await JsonSerializer.DeserializeAsync(file, SnapshotJson.Default.SnapshotRecord, cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<byte[]> Key(CancellationToken cancellation)
    {
        if (!File.Exists(folder.SnapshotKeyFile))
            await Private.File(folder.SnapshotKeyFile, RandomNumberGenerator.GetBytes(32), cancellation);
        return await File.ReadAllBytesAsync(folder.SnapshotKeyFile, cancellation);
    }

    private string Folder(string name) => Path.Combine(folder.Snapshots, name);

    private string RecordFile(string name) => Path.Combine(Folder(name), "snapshot.json");

    private string AccountFile(SnapshotRecord record) => Path.Combine(Folder(record.Name), $"{record.Sha256}.account");

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
