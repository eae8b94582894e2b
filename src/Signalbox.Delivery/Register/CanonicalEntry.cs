using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Signalbox.Delivery.Environments;

namespace Signalbox.Delivery.Register;

/// <summary>
/// An entry where it lies, for checking a million of them. What is read here is spelt as <see cref="CanonicalJson"/>
/// spells, so it need not be spelt again; what is not, <see cref="RegisterJson.Read"/> judges.
/// </summary>
internal ref struct CanonicalEntry
{
    private const int HexLength = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    private readonly ReadOnlySpan<byte> _line;
    private ReadOnlySpan<byte> _hash;
    private ReadOnlySpan<byte> _previous;
    private ReadOnlySpan<byte> _evidence;
    private ReadOnlySpan<byte> _name;
    private ReadOnlySpan<byte> _environment;
    private ReadOnlySpan<byte> _at;
    private ReadOnlySpan<byte> _outcome;
    private ReadOnlySpan<byte> _facts;
    private ReadOnlySpan<byte> _plan;
    private EntryKind _kind;
    private long _sequence;
    private int _hashStart;
    private int _hashEnd;

    private CanonicalEntry(ReadOnlySpan<byte> line) => _line = line;

    /// <summary>64 hexadecimal digits.</summary>
    public readonly ReadOnlySpan<byte> Hash => _hash;

    /// <summary>64 hexadecimal digits.</summary>
    public readonly ReadOnlySpan<byte> Previous => _previous;

    public readonly EntryKind Kind => _kind;

    public readonly long Sequence => _sequence;

    /// <summary>As it is spelt.</summary>
    public readonly ReadOnlySpan<byte> Evidence => _evidence;

    /// <summary>As it is spelt; empty when there is none.</summary>
    public readonly ReadOnlySpan<byte> Environment => _environment;

    public Target Target { get; private set; }

    /// <summary>64 hexadecimal digits; empty when there is none.</summary>
    public readonly ReadOnlySpan<byte> Plan => _plan;

    /// <summary>As they are spelt, without their braces; empty when there are none.</summary>
    public readonly ReadOnlySpan<byte> Facts => _facts;

    /// <summary>As it is spelt; empty when there is none.</summary>
    public readonly ReadOnlySpan<byte> Outcome => _outcome;

    /// <param name="name">As it is spelt with its quotes and colon, or the beginning of that: `"same_as":`.</param>
    public readonly bool MayHaveFact(ReadOnlySpan<byte> name) => _facts.IndexOf(name) >= 0;

    /// <returns>False for anything that this program would spell otherwise.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out CanonicalEntry entry)
    {
        entry = new CanonicalEntry(line);
        return Utf8.IsValid(line) && entry.Take();
    }

    public readonly DateTimeOffset At() => TryStamp(_at, out var at) ? at : default;

    /// <summary>Whether the actor has that name; false as well for a name that needs escapes.</summary>
    public readonly bool IsBy(string name) => !name.AsSpan().ContainsAny('\\', '"') && Encoding.UTF8.GetByteCount(name) == _name.Length && _name.SequenceEqual(Encoding.UTF8.GetBytes(name));

    public readonly string ActorName()
    {
        var name = Encoding.UTF8.GetString(_name);
        return name.Contains('\\', StringComparison.Ordinal) ? RegisterJson.Read(_line)!.Note.Actor.Name : name;
    }

    /// <summary>Whether the entry's bytes have the hash that it says.</summary>
    public readonly bool HashHolds()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> hex = stackalloc byte[HexLength];
        var length = _line.Length - (_hashEnd - _hashStart);
        var rest = length <= 2048 ? stackalloc byte[length] : new byte[length];
        _line[.._hashStart].CopyTo(rest);
        _line[_hashEnd..].CopyTo(rest[_hashStart..]);
        SHA256.HashData(rest, digest);
        return Convert.TryToHexStringLower(digest, hex, out _) && hex.SequenceEqual(_hash);
    }

    private bool Take()
    {
        var json = new CanonicalScanner(_line);
        return TakeOrigin(ref json)
            && TakeFacts(ref json)
            && TakeFindings(ref json)
            && TakeHash(ref json)
            && json.TakeIfThere(",\"job\":"u8, out _)
            && json.Take(",\"kind\":"u8) && json.TakeText(out var word) && EntryKinds.TryParse(word, out _kind)
            && json.TakeIfThere(",\"outcome\":"u8, out _outcome)
            && TakePlan(ref json)
            && json.Take(",\"previous\":"u8) && json.TakeText(out _previous) && IsHash(_previous)
            && json.TakeIfThere(",\"run\":"u8, out _)
            && json.Take(",\"sequence\":"u8) && json.TakeNumber(out _sequence)
            && json.Take(",\"target\":"u8) && TakeTarget(ref json) && json.Take("}"u8)
            && json.IsAtEnd;
    }

    private bool TakeOrigin(ref CanonicalScanner json) =>
        json.Take("{\"actor\":{\"evidence\":"u8) && json.TakeText(out _evidence)
        && json.Take(",\"name\":"u8) && json.TakeText(out _name)
        && json.Take("},\"at\":"u8) && json.TakeText(out _at) && TryStamp(_at, out var _)
        && json.TakeIfThere(",\"commit\":"u8, out _)
        && (!json.Take(",\"duration_ms\":"u8) || (json.TakeNumber(out var milliseconds) && milliseconds <= RegisterEntryReader.LongestDuration))
        && json.TakeIfThere(",\"environment\":"u8, out _environment);

    private bool TakeFacts(ref CanonicalScanner json)
    {
        if (!json.Take(",\"facts\":{"u8))
            return true;
        var start = json.At;
        do
        {
            if (!json.TakeText(out _) || !json.Take(":"u8) || !json.TakeText(out _))
                return false;
        }
        while (json.Take(","u8));
        _facts = _line[start..json.At];
        return json.Take("}"u8);
    }

    private static bool TakeFindings(ref CanonicalScanner json)
    {
        if (!json.Take(",\"findings\":["u8))
            return true;
        do
        {
            if (!json.TakeText(out _))
                return false;
        }
        while (json.Take(","u8));
        return json.Take("]"u8);
    }

    private bool TakeHash(ref CanonicalScanner json)
    {
        _hashStart = json.At;
        var isThere = json.Take(",\"hash\":"u8) && json.TakeText(out _hash) && IsHash(_hash);
        _hashEnd = json.At;
        return isThere;
    }

    private bool TakePlan(ref CanonicalScanner json) => !json.Take(",\"plan\":"u8) || (json.TakeText(out _plan) && IsHash(_plan));

    private bool TakeTarget(ref CanonicalScanner json)
    {
        Target = json.Take("\"sandbox\""u8) ? Target.Sandbox : Target.Aws;
        return Target == Target.Sandbox || json.Take("\"aws\""u8);
    }

    private static bool IsHash(ReadOnlySpan<byte> text) => text.Length == HexLength && text.IndexOfAnyExcept(HexDigits) < 0;

    private static bool TryStamp(ReadOnlySpan<byte> text, out DateTimeOffset at)
    {
        at = default;
        Span<char> letters = stackalloc char[24];
        return text.Length == letters.Length
            && Ascii.ToUtf16(text, letters, out _) == OperationStatus.Done
            && RegisterJson.TryParseStamp(letters, out at);
    }
}
