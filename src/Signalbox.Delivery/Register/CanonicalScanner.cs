using System.Buffers;

namespace Signalbox.Delivery.Register;

/// <summary>Takes canonical JSON apart where it lies, without making anything; what it does not expect ends it.</summary>
internal ref struct CanonicalScanner(ReadOnlySpan<byte> line)
{
    /// <summary>More digits may not fit into 64 bits.</summary>
    private const int MostDigits = 18;

    private static readonly SearchValues<byte> EndsText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

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
        var start = At;
        while (_line[At..].IndexOfAny(EndsText) is var end and >= 0)
        {
            At += end;
            if (_line[At] == '"')
            {
                text = _line[start..At++];
                return true;
            }

            if (!Take("\\\""u8) && !Take("\\\\"u8))
                return false;
        }

        return false;
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
