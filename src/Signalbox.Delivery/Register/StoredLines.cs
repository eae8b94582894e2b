using System.Runtime.CompilerServices;

namespace Signalbox.Delivery.Register;

/// <summary>The lines of a file of entries, without a copy of each.</summary>
internal static class StoredLines
{
    private const int FirstBuffer = 256 * 1024;

    public static FileStream Open(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

    /// <summary>The lines of a file that is in memory whole.</summary>
    public static IEnumerable<RegisterLine> In(string name, ReadOnlyMemory<byte> content)
    {
        for (var (start, number) = (0, 1L); start < content.Length; number++)
        {
            var length = content.Span[start..].IndexOf((byte)'\n');
            var isWhole = length >= 0;
            yield return new RegisterLine(new RegisterPlace(name, number), isWhole ? content.Slice(start, length) : content[start..], isWhole);
            start = isWhole ? start + length + 1 : content.Length;
        }
    }

    /// <remarks>A volume that cannot be unpacked ends as a torn line does: with what is no entry.</remarks>
    public static async IAsyncEnumerable<RegisterLine> In(string name, Func<Stream> open, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = open();
        var buffer = new byte[FirstBuffer];
        var (start, filled, number, isDamaged) = (0, 0, 0L, false);
        while (true)
        {
            int read;
            try
            {
                read = await stream.ReadAsync(buffer.AsMemory(filled), cancellation);
            }
            catch (InvalidDataException)
            {
                isDamaged = true;
                break;
            }

            if (read == 0)
                break;
            filled += read;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is var length and >= 0)
            {
                yield return new RegisterLine(new RegisterPlace(name, ++number), buffer.AsMemory(start, length), IsWhole: true);
                start += length + 1;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            (filled, start) = (filled - start, 0);
            if (filled == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
        }

        if (filled > 0 || isDamaged)
            yield return new RegisterLine(new RegisterPlace(name, ++number), buffer.AsMemory(0, filled), IsWhole: false);
    }
}
