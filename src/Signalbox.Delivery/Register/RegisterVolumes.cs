using System.IO.Compression;
using Signalbox.Journal;

namespace Signalbox.Delivery.Register;

/// <summary>Older entries of a file register, compressed: `0000000001-0000002048.ndjson.gz` holds entries 1 to 2048.</summary>
internal sealed class RegisterVolumes(string folder)
{
    private const string Ending = ".ndjson.gz";

    /// <summary>In bytes; a volume is what a file had become when it was longer than its most.</summary>
    private const long Room = 2 * FileRegister.LongestFile;

    public bool Any => Directory.Exists(folder) && Directory.EnumerateFiles(folder, $"*{Ending}").Any();

    public IEnumerable<RegisterVolume> InOrder() => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, $"*{Ending}").Order(StringComparer.Ordinal).Select(RegisterVolume.Of).OfType<RegisterVolume>();

    /// <summary>Each with its content, to be read before the next one is asked for.</summary>
    /// <returns>A content of null is left to <see cref="RegisterVolume.Open"/>.</returns>
    public IEnumerable<(RegisterVolume Volume, ReadOnlyMemory<byte>? Content)> Unpacked()
    {
        byte[]? room = null; // one for all
        foreach (var volume in InOrder())
            yield return (volume, volume.UnpackInto(room ??= new byte[Room]));
    }

    public RegisterEntry? LastEntry()
    {
        if (InOrder().LastOrDefault() is not { } volume)
            return null;
        using var content = volume.Open();
        using var plain = new MemoryStream();
        content.CopyTo(plain);
        var bytes = plain.GetBuffer().AsSpan(0, (int)plain.Length).TrimEnd((byte)'\n');
        return RegisterJson.Read(bytes[(bytes.LastIndexOf((byte)'\n') + 1)..]);
    }

    /// <summary>Moves all of a file's entries into a volume; the file is emptied once the volume is safe.</summary>
    public async Task Make(FileStream file)
    {
        var plain = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(plain, CancellationToken.None);
        var first = RegisterJson.Read(plain.AsSpan(0, plain.AsSpan().IndexOf((byte)'\n')));
        var last = RegisterJson.Read(plain.AsSpan(plain.AsSpan(0, plain.Length - 1).LastIndexOf((byte)'\n') + 1).TrimEnd((byte)'\n'));
        if (first is null || last is null)
            return; // somebody changed the file: leave it as it is for `register verify` to name

        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            await zip.WriteAsync(plain, CancellationToken.None);
        await DurableFile.Write(Path.Combine(folder, $"{first.Sequence:D10}-{last.Sequence:D10}{Ending}"), packed.ToArray(), CancellationToken.None);
        file.SetLength(0);
        file.Flush(flushToDisk: true);
    }
}

/// <param name="First">The sequence of its first entry, by its name.</param>
/// <param name="Last">The sequence of its last entry, by its name.</param>
internal sealed record RegisterVolume(string Path, long First, long Last)
{
    public static RegisterVolume? Of(string path) =>
        System.IO.Path.GetFileName(path).Split('.')[0].Split('-') is [var first, var last] && long.TryParse(first, out var from) && long.TryParse(last, out var to)
            ? new RegisterVolume(path, from, to)
            : null;

    public Stream Open() => new GZipStream(StoredLines.Open(Path), CompressionMode.Decompress);

    /// <param name="room">For the content.</param>
    /// <returns>Null for what cannot be unpacked or does not fit: who reads it piece by piece finds out.</returns>
    public ReadOnlyMemory<byte>? UnpackInto(byte[] room)
    {
        try
        {
            using var content = Open();
            var length = content.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
            return length < room.Length ? room.AsMemory(0, length) : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
