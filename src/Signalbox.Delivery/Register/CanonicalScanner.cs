using System.Numerics;
using System.Runtime.Intrinsics;

namespace Signalbox.Delivery.Register;

/// <summary>Takes canonical JSON apart where it lies, without making anything; what it does not expect ends it.</summary>
internal ref struct CanonicalScanner(ReadOnlySpan<byte> line)
{
    /// <summary>More digits may not fit into 64 bits.</summary>
    private const int MostDigits = 18;

    /// <summary>Bytes that are looked at together.</summary>
    private const int Block = 32;

    private readonly ReadOnlySpan<byte> _line = line;

    /// <summary>How many bytes were taken.</summary>
    public int At { get; private set; }

    public readonly bool IsAtEnd => At == _line.Length;

    /// <returns>False, with nothing taken, when something else comes.</returns>
    public bool Take(scoped ReadOnlySpan<byte> expected)
    {
        if (!_line[At..].StartsWith(expected))
            return false;
        At += expected.Length;
        return true;
    }

    /// <param name="text">As it is spelt, without its quotes.</param>
    public bool TakeText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Take("\""u8))
            return false;
        var (start, escaped) = (At, -1);
        for (var block = start; block < _line.Length; block += Block)
        {
            for (var stops = Stops(_line[block..]); stops != 0; stops &= stops - 1)
            {
                var at = block + BitOperations.TrailingZeroCount(stops);
                if (at == escaped)
                    continue;
                if (_line[at] == '"')
                {
                    text = _line[start..at];
                    At = at + 1;
                    return true;
                }

                escaped = at + 1;
                if (_line[at] != '\\' || escaped == _line.Length || _line[escaped] is not ((byte)'"' or (byte)'\\'))
                    return false;
            }
        }

        return false;
    }

    /// <summary>A bit for each of the next bytes at which a text may end: quotes, backslashes, and controls.</summary>
    /// <remarks>Facts are full of escapes, a few bytes apart; a search that begins anew after each would take longer than all the rest.</remarks>
    private static uint Stops(ReadOnlySpan<byte> next)
    {
        if (next.Length < Block)
        {
            Span<byte> padded = stackalloc byte[Block];
            padded.Fill((byte)' ');
            next.CopyTo(padded);
            return Stops(padded);
        }

        var bytes = Vector256.Create(next);
        return (Vector256.Equals(bytes, Vector256.Create((byte)'"'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(bytes, Vector256.Create((byte)' '))).ExtractMostSignificantBits();
    }

    /// <summary>A member of that name, with the comma before it; true as well when there is none.</summary>
    /// <param name="text">Empty when there is none.</param>
    public bool TakeIfThere(scoped ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        text = default;
        return !Take(name) || TakeText(out text);
    }

    /// <summary>A whole number that is not below zero.</summary>
    public bool TakeNumber(out long number)
    {
        var start = At;
        number = 0;
        while (At < _line.Length && _line[At] is >= (byte)'0' and <= (byte)'9')
            number = (10 * number) + (_line[At++] - '0');
        return (At - start) is > 0 and <= MostDigits && (_line[start] != '0' || At == start + 1);
    }
}
