using System.Buffers;

namespace Signalbox.Processes.Masking;

/// <summary>Copies a stream and puts <see cref="Mask"/> where secrets were, also those that arrive in pieces.</summary>
/// <remarks>
/// Bytes are held back only while they could be the beginning of a secret; memory is bounded by the longest secret.
/// What has been masked is written while the next bytes are read and searched.
/// </remarks>
public static class MaskedCopy
{
    private const int Room = 512 * 1024;

    /// <summary>Not longer than the shortest secret, so that a text never grows when it is masked.</summary>
    public static ReadOnlyMemory<byte> Mask { get; } = "****"u8.ToArray();

    /// <param name="target">
    /// Written to in pieces of any size, one after another, and flushed after each. Nothing is written any more once the task has
    /// ended, however it ended.
    /// </param>
    public static async Task Run(Stream source, Stream target, SecretSearch secrets, CancellationToken cancellation)
    {
        var room = Math.Max(Room, secrets.Longest * 2);
        var (arriving, leaving) = (ArrayPool<byte>.Shared.Rent(room), ArrayPool<byte>.Shared.Rent(room));
        var (held, writing) = (0, Task.CompletedTask);
        try
        {
            while (await source.ReadAsync(arriving.AsMemory(held), cancellation) is var read and > 0)
            {
                var text = arriving.AsMemory(0, held + read);
                var (masked, certain) = InPlace(text.Span, secrets, isLast: false);
                await writing;
                text[certain..].CopyTo(leaving);
                held = text.Length - certain;
                (arriving, leaving) = (leaving, arriving);
                writing = Write(target, leaving.AsMemory(0, masked), cancellation);
            }
        }
        finally
        {
            await writing;
        }

        await Write(target, arriving.AsMemory(0, InPlace(arriving.AsSpan(0, held), secrets, isLast: true).Masked), cancellation);
        ArrayPool<byte>.Shared.Return(arriving);
        ArrayPool<byte>.Shared.Return(leaving);
    }

    /// <summary>Masks what is certain of a text, where it stands.</summary>
    /// <param name="isLast">Nothing follows, so everything is certain.</param>
    /// <returns>How many bytes at the front are now the masked text, and from where on the bytes are still held back.</returns>
    public static (int Masked, int Certain) InPlace(Span<byte> text, SecretSearch secrets, bool isLast)
    {
        var (from, masked, certain) = (0, 0, isLast ? text.Length : secrets.Unfinished(text, 0));
        while (secrets.Find(text, from) is { Length: > 0 } found && found.Start < certain)
        {
            Keep(text[from..found.Start], text, ref masked);
            Keep(Mask.Span, text, ref masked);
            from = found.Start + found.Length;
            if (from > certain)
                certain = secrets.Unfinished(text, from);
        }

        Keep(text[from..certain], text, ref masked);
        return (masked, certain);
    }

    private static void Keep(ReadOnlySpan<byte> piece, Span<byte> text, ref int masked)
    {
        piece.CopyTo(text[masked..]);
        masked += piece.Length;
    }

    private static Task Write(Stream target, ReadOnlyMemory<byte> text, CancellationToken cancellation) =>
        Task.Run(
            () =>
            {
                target.Write(text.Span);
                target.Flush();
            },
            cancellation);
}
