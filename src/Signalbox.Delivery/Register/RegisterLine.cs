namespace Signalbox.Delivery.Register;

/// <summary>One entry as it is stored.</summary>
/// <param name="Place">For people: the file and line, or the object's key.</param>
/// <param name="Bytes">Without the line feed.</param>
/// <param name="IsWhole">False for a last line that a crash cut short: its writer never said that it was written.</param>
public readonly record struct RegisterLine(RegisterPlace Place, ReadOnlyMemory<byte> Bytes, bool IsWhole)
{
    /// <summary>Null when the bytes are no entry.</summary>
    public RegisterEntry? Entry => IsWhole ? RegisterJson.Read(Bytes.Span) : null;
}

/// <param name="Name">A file, or an object's key.</param>
/// <param name="Line">From 1; 0 where a place holds one entry only.</param>
public readonly record struct RegisterPlace(string Name, long Line)
{
    public override string ToString() => Line == 0 ? Name : $"{Name}:{Line}";
}
