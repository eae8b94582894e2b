namespace Signalbox.Delivery.Register;

/// <summary>The end of a file of entries, found without reading the rest.</summary>
/// <param name="LastLine">The last whole line without its line feed; null when there is none.</param>
/// <param name="End">Where the next line belongs.</param>
/// <param name="TornBytes">What stands after it: a line whose writing was cut short.</param>
internal readonly record struct RegisterTail(ReadOnlyMemory<byte>? LastLine, long End, long TornBytes)
{
    private const int Step = 8 * 1024;

    public static RegisterTail Of(FileStream file)
    {
        var tail = Array.Empty<byte>();
        while (true)
        {
            var wanted = (int)Math.Min(file.Length, tail.Length + Step);
            var isWhole = wanted == file.Length;
            tail = new byte[wanted];
            file.Position = file.Length - wanted;
            file.ReadExactly(tail);

            var end = tail.AsSpan().LastIndexOf((byte)'\n') + 1;
            var start = end == 0 ? 0 : tail.AsSpan(0, end - 1).LastIndexOf((byte)'\n') + 1;
            if (start == 0 && !isWhole)
                continue; // the last line is longer than what was read
            var line = end == 0 ? (ReadOnlyMemory<byte>?)null : tail.AsMemory(start, end - 1 - start);
            return new RegisterTail(line, file.Length - wanted + end, wanted - end);
        }
    }
}
