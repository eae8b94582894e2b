using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Signalbox.Processes.Masking;

/// <summary>
/// Finds any of many byte strings in one pass, looking at few of the bytes. Every needle has at least four bytes, so a
/// needle of length n holds a whole four-byte gram at one of any n-3 neighbouring places: it is enough to look at every
/// n-3rd place, where n is the shortest needle's length. A bit table says "no" to nearly all of them.
/// </summary>
/// <remarks>
/// What is found is what a replacement from left to right finds that takes the longest needle at each place. The grams are
/// read in this machine's byte order, which every machine that .NET runs on natively shares: little-endian.
/// </remarks>
public sealed class SecretSearch
{
    private const int Gram = sizeof(uint);
    private const int LongestStride = 8; // more grams in the table would cost more in false alarms than longer strides gain
    private const int FilterBits = 18;

    private readonly byte[][] _sorted;
    private readonly byte[] _filter = new byte[1 << (FilterBits - 3)];
    private readonly FrozenDictionary<uint, Candidate[]> _candidates;
    private readonly bool[] _starts = new bool[1 << 16];
    private readonly bool[] _startBytes = new bool[1 << 8];
    private readonly int _stride;

    private SecretSearch(IEnumerable<string> needles)
    {
        _sorted = [.. needles.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
        Array.Sort(_sorted, static (left, right) => left.AsSpan().SequenceCompareTo(right));
        Longest = _sorted.Select(needle => needle.Length).DefaultIfEmpty().Max();
        _stride = Math.Min(LongestStride, _sorted.Select(needle => needle.Length).DefaultIfEmpty(Gram).Min() - Gram + 1);
        var candidates = new Dictionary<uint, List<Candidate>>();
        foreach (var needle in _sorted)
        {
            _startBytes[needle[0]] = true;
            _starts[BinaryPrimitives.ReadUInt16LittleEndian(needle)] = true;
            for (var offset = 0; offset < _stride; offset++)
            {
                var gram = BinaryPrimitives.ReadUInt32LittleEndian(needle.AsSpan(offset));
                var bit = Bit(gram);
                _filter[bit >> 3] |= (byte)(1 << (int)(bit & 7));
                if (!candidates.TryGetValue(gram, out var same))
                    candidates[gram] = same = [];
                same.Add(new Candidate(needle, offset));
            }
        }

        _candidates = candidates.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    public static SecretSearch None { get; } = new([]);

    /// <summary>The length in bytes of the longest needle; 0 without needles.</summary>
    public int Longest { get; }

    /// <summary>Searches for every form of every secret that is worth hiding; `true` and `false` never are.</summary>
    public static SecretSearch For(IEnumerable<string> secrets) =>
        new(secrets.Where(secret => secret is not ("true" or "True" or "false" or "False")).SelectMany(SecretForms.Of));

    /// <summary>The first needle that begins at or after <paramref name="from"/>; a length of 0 when there is none.</summary>
    public (int Start, int Length) Find(ReadOnlySpan<byte> text, int from)
    {
        if (Longest == 0)
            return (text.Length, 0);
        ref var bytes = ref MemoryMarshal.GetReference(text);
        ref var filter = ref MemoryMarshal.GetArrayDataReference(_filter);
        var last = text.Length - Gram;
        for (var at = from; at <= last; at += _stride)
        {
            var bit = Bit(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, at)));
            if ((Unsafe.Add(ref filter, (nint)(bit >> 3)) & (1 << (int)(bit & 7))) == 0)
                continue;
            if (Verify(text, at, from) is { Length: > 0 } found)
                return found;
        }

        return (text.Length, 0);
    }

    /// <summary>
    /// The first place from which the text, to its very end, is the beginning of a longer needle; the text's length
    /// when there is none. What lies before it can be let go.
    /// </summary>
    public int Unfinished(ReadOnlySpan<byte> text, int from)
    {
        for (var at = Math.Max(from, text.Length - Longest + 1); at < text.Length; at++)
        {
            var rest = text[at..];
            if ((rest.Length == 1 ? _startBytes[rest[0]] : _starts[BinaryPrimitives.ReadUInt16LittleEndian(rest)]) && BeginsNeedle(rest))
                return at;
        }

        return text.Length;
    }

    private static uint Bit(uint gram) => (gram * 0x9E37_79B1u) >> (32 - FilterBits);

    private (int Start, int Length) Verify(ReadOnlySpan<byte> text, int at, int from)
    {
        var gram = BinaryPrimitives.ReadUInt32LittleEndian(text[at..]);
        var (start, length) = (text.Length, 0);
        if (!_candidates.TryGetValue(gram, out var candidates))
            return (start, length);
        foreach (var (needle, offset) in candidates)
        {
            var begins = at - offset;
            if (begins < from || begins > start || (begins == start && needle.Length <= length) || !text[begins..].StartsWith(needle))
                continue;
            (start, length) = (begins, needle.Length);
        }

        return (start, length);
    }

    /// <summary>The needles that begin with a text lie together, right after where the text itself would lie.</summary>
    private bool BeginsNeedle(ReadOnlySpan<byte> text)
    {
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle].AsSpan().SequenceCompareTo(text) <= 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low < _sorted.Length && _sorted[low].AsSpan().StartsWith(text);
    }

    private readonly record struct Candidate(byte[] Needle, int Offset);
}
