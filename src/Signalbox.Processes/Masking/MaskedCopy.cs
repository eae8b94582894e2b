using System.Buffers;

namespace Signalbox.Processes.Masking;

/// <summary>Copies a stream and puts <see cref="Mask"/> where secrets were, also those that arrive in pieces.</summary>
/// <remarks>
/// Bytes are held back only while they could be the beginning of a secret; memory is bounded by the longest secret.
/// </remarks>
public static class MaskedCopy
{
    private const int Room = 512 * 1024;

    public static ReadOnlyMemory<byte> Mask { get; } = "****"u8.ToArray();

    /// <param name="target">Written to in pieces of any size, and flushed when no more bytes are at hand.</param>
    public static async Task Run(Stream source, Stream target, SecretSearch secrets, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(Room, secrets.Longest * 2));
        var held = 0;
        while (await source.ReadAsync(buffer.AsMemory(held), cancellation) is var read and > 0)
        {
            held = Pass(buffer, held + read, secrets, isLast: false, target);
            await target.FlushAsync(cancellation);
        }

        _ = Pass(buffer, held, secrets, isLast: true, target);
        await target.FlushAsync(cancellation);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Writes what is certain of the first bytes of a buffer and moves the rest to its front.</summary>
    /// <param name="isLast">Nothing follows, so everything is certain.</param>
    /// <returns>How many bytes were held back.</returns>
    public static int Pass(byte[] buffer, int filled, SecretSearch secrets, bool isLast, Stream target)
    {
        var text = buffer.AsSpan(0, filled);
        var (from, unfinished) = (0, isLast ? filled : secrets.Unfinished(text, 0));
        while (true)
        {
            var (start, length) = secrets.Find(text, from);
            if (length == 0 || start >= unfinished)
                break;
            target.Write(text[from..start]);
            target.Write(Mask.Span);
            from = start + length;
            if (from > unfinished)
                unfinished = secrets.Unfinished(text, from);
        }

        target.Write(text[from..unfinished]);
        text[unfinished..].CopyTo(buffer);
        return filled - unfinished;
    }
}
