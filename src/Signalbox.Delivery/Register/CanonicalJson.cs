using System.Buffers;
using System.Globalization;
using System.Text;

namespace Signalbox.Delivery.Register;

/// <summary>Writes an entry byte by byte: a general writer would choose escapes of its own.</summary>
internal static class CanonicalJson
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create("\"\\"u8);

    /// <summary>Members in the order of their names.</summary>
    /// <returns>Where the member `hash` stands, with the comma before it.</returns>
    public static (int Start, int Length) Write(ArrayBufferWriter<byte> json, RegisterEntry entry)
    {
        var note = entry.Note;
        json.Write("{\"actor\":{\"evidence\":"u8);
        Text(json, note.Actor.Evidence);
        json.Write(",\"name\":"u8);
        Text(json, note.Actor.Name);
        json.Write("},\"at\":\""u8);
        Raw(json, RegisterJson.Stamp(entry.At));
        json.Write("\""u8);
        Member(json, ",\"commit\":"u8, note.Commit);
        if (note.Duration is { } duration)
            Number(json, ",\"duration_ms\":"u8, (long)duration.TotalMilliseconds);
        Member(json, ",\"environment\":"u8, note.Environment);
        Facts(json, note);
        Findings(json, note);
        var start = json.WrittenCount;
        Member(json, ",\"hash\":"u8, entry.Hash);
        var length = json.WrittenCount - start;
        Member(json, ",\"job\":"u8, note.Job);
        Member(json, ",\"kind\":"u8, note.Kind.Word());
        Member(json, ",\"outcome\":"u8, note.Outcome);
        Member(json, ",\"plan\":"u8, note.Plan?.Hex);
        Member(json, ",\"previous\":"u8, entry.Previous);
        Member(json, ",\"run\":"u8, note.Run);
        Number(json, ",\"sequence\":"u8, entry.Sequence);
        Member(json, ",\"target\":"u8, Environments.TargetWords.Word(note.Target));
        json.Write("}"u8);
        return (start, length);
    }

    private static void Facts(ArrayBufferWriter<byte> json, RegisterNote note)
    {
        if (note.Facts.Count == 0)
            return;
        var before = ",\"facts\":{"u8;
        foreach (var fact in note.Facts)
        {
            json.Write(before);
            Text(json, fact.Name);
            json.Write(":"u8);
            Text(json, fact.Value);
            before = ","u8;
        }

        json.Write("}"u8);
    }

    private static void Findings(ArrayBufferWriter<byte> json, RegisterNote note)
    {
        if (note.Findings.Count == 0)
            return;
        var before = ",\"findings\":["u8;
        foreach (var finding in note.Findings)
        {
            json.Write(before);
            Text(json, finding);
            before = ","u8;
        }

        json.Write("]"u8);
    }

    private static void Member(ArrayBufferWriter<byte> json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            return;
        json.Write(name);
        Text(json, value);
    }

    private static void Number(ArrayBufferWriter<byte> json, ReadOnlySpan<byte> name, long value)
    {
        json.Write(name);
        value.TryFormat(json.GetSpan(20), out var written, provider: CultureInfo.InvariantCulture);
        json.Advance(written);
    }

    private static void Text(ArrayBufferWriter<byte> json, string text)
    {
        json.Write("\""u8);
        var room = json.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = Encoding.UTF8.GetBytes(text, room);
        if (room[..written].IndexOfAny(Escaped) < 0)
            json.Advance(written);
        else
            json.Write(Encoding.UTF8.GetBytes(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)));
        json.Write("\""u8);
    }

    private static void Raw(ArrayBufferWriter<byte> json, string ascii) => json.Advance(Encoding.UTF8.GetBytes(ascii, json.GetSpan(ascii.Length)));
}
