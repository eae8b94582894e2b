namespace Signalbox.Delivery.Register;

/// <summary>An end that a register is known to have had: it must still contain it.</summary>
/// <param name="Witness">Who knows, as the beginning of a sentence that an entry or a hash ends: `it once had`.</param>
public sealed record KnownHead(RegisterHead Head, string Witness)
{
    /// <summary>What this machine remembers of its last entry; nothing where it remembers none.</summary>
    public static IEnumerable<KnownHead> Remembered(IRegister register)
    {
        if ((register as FileRegister)?.RememberedHead is { } head)
            yield return new KnownHead(head, "it once had");
    }
}
