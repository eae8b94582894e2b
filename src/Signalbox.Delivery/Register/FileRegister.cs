using System.Runtime.CompilerServices;
using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.Delivery.Register;

/// <summary>
/// A register in a file on this machine, an entry a line. Every entry is on the disk before anyone is told that it was
/// written. Older entries move into compressed volumes beside it, so that the file stays short for ever.
/// </summary>
/// <param name="path">The newest entries. `PATH.lock`, `PATH.head` and `PATH.d/` lie beside it.</param>
public sealed class FileRegister(string path, TimeProvider clock) : IRegister
{
    /// <summary>In bytes; what is longer becomes a volume. Also the most that is ever read to show the newest entries.</summary>
    internal const long LongestFile = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly RegisterVolumes _volumes = new($"{path}.d");
    private readonly HeadFile _remembered = new($"{path}.head");

    public string Place => path;

    /// <summary>True when something was ever written here.</summary>
    public bool Exists => File.Exists(path) || _volumes.Any;

    /// <summary>The end that this machine last wrote, kept apart from the entries; null when nothing is remembered.</summary>
    public RegisterHead? RememberedHead => _remembered.Read();

    public async Task<Outcome<RegisterEntry>> Append(RegisterNote note, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var turn = await FolderLock.Take($"{path}.lock", Patience, Pause, clock, cancellation);
            if (turn is null)
                return RegisterRules.Busy.Without($"`{path}` was in use for {Patience.TotalSeconds:0} seconds", "run it again; `lsof` names who holds the lock file");
            return await AppendInTurn(note);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return RegisterRules.CannotWrite.Without($"`{path}` cannot be written: {e.Message}", "make room, or give write permission; nothing was done without being written down");
        }
    }

    public async IAsyncEnumerable<RegisterLine> Lines([EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = 0L;
        foreach (var (volume, content) in _volumes.Unpacked())
        {
            cancellation.ThrowIfCancellationRequested();
            last = volume.Last;
            if (content is { } whole)
            {
                foreach (var line in StoredLines.In(volume.Path, whole))
                    yield return line;
                continue;
            }

            await foreach (var line in StoredLines.In(volume.Path, volume.Open, cancellation))
                yield return line;
        }

        if (!File.Exists(path))
            yield break;
        await foreach (var line in StoredLines.In(path, () => StoredLines.Open(path), cancellation))
        {
            // A crash between making a volume and emptying the file leaves entries in both.
            if (last > 0 && line.Entry is { } entry && entry.Sequence <= last)
                continue;
            last = 0;
            yield return line;
        }
    }

    public async Task<IReadOnlyList<RegisterEntry>> Newest(int count, CancellationToken cancellation)
    {
        var newest = new List<RegisterEntry>();
        foreach (var (place, open) in _volumes.InOrder().Select(volume => (volume.Path, (Func<Stream>)volume.Open)).Append((path, () => StoredLines.Open(path))).Reverse())
        {
            if (newest.Count >= count || !File.Exists(place))
                continue;
            var older = new List<RegisterEntry>();
            await foreach (var line in StoredLines.In(place, open, cancellation))
            {
                if (line.Entry is { } entry && (newest.Count == 0 || entry.Sequence < newest[0].Sequence))
                    older.Add(entry);
            }

            newest.InsertRange(0, older.TakeLast(count - newest.Count));
        }

        return newest;
    }

    /// <summary>No cancellation: half an entry helps nobody.</summary>
    private async Task<Outcome<RegisterEntry>> AppendInTurn(RegisterNote note)
    {
        await using var file = new FileStream(path, Options());
        var tail = RegisterTail.Of(file);
        if (tail.LastLine is { } line && RegisterJson.Read(line.Span) is null)
            return RegisterRules.CannotRead.Without($"the last line of `{path}` is no entry, so nothing can be chained to it", "run `signalbox register verify` to see what was changed");

        var last = tail.LastLine is { } newest ? RegisterJson.Read(newest.Span) : _volumes.LastEntry();
        var head = last is null ? RegisterHead.Start : RegisterHead.Of(last);
        if (_remembered.Read() is { } remembered && remembered.Sequence > head.Sequence)
        {
            return RegisterRules.EndIsMissing.Without(
                $"`{path}` ends with entry {head.Sequence}; this machine wrote entry {remembered.Sequence} ({remembered.Hash[..12]})",
                $"put the missing entries back from a copy; if they are lost for good, delete `{path}.head`");
        }

        var entry = head.Next(tail.TornBytes == 0 ? note : note with { Facts = [.. note.Facts, new RegisterFact("torn_bytes_before", tail.TornBytes.ToString())] }, clock.GetUtcNow());
        await Write(file, tail, entry);
        _remembered.Write(RegisterHead.Of(entry));
        if (file.Length > LongestFile)
            await _volumes.Make(file);
        return entry;
    }

    private static async Task Write(FileStream file, RegisterTail tail, RegisterEntry entry)
    {
        try
        {
            file.SetLength(tail.End); // a torn line was never said to be written
            file.Position = tail.End;
            await file.WriteAsync((byte[])[.. RegisterJson.Write(entry).Span, (byte)'\n'], CancellationToken.None);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(tail.End);
            throw;
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
