using System.Buffers;
using System.Text;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>What checking a register found.</summary>
/// <param name="Head">The end of the part that holds.</param>
/// <param name="Break">Where the chain first breaks, or its torn end; null when every entry is as it was written.</param>
/// <param name="Deliveries">What was delivered against the rules.</param>
/// <param name="SignedApplies">The applies that relied on signatures, for whoever can check those.</param>
public sealed record RegisterVerdict(RegisterHead Head, Diagnostic? Break, ValueList<Diagnostic> Deliveries, ValueList<ReliedUpon> SignedApplies)
{
    public ValueList<Diagnostic> Problems => [.. Break is null ? (Diagnostic[])[] : [Break], .. Deliveries];

    /// <summary>Nobody changed anything: what stands there was written there, right or wrong.</summary>
    public bool ChainHolds => Break is not { Rule.Severity: Severity.Error };

    public bool Holds => Problems.All(problem => problem.Rule.Severity != Severity.Error);
}

/// <summary>
/// Proves offline that no entry was altered, removed, reordered or inserted. Whoever rewrites everything from one entry
/// to the end makes a chain that holds too; only the head that is kept apart, or a copy, shows that.
/// </summary>
public sealed class RegisterCheck
{
    private readonly ArrayBufferWriter<byte> _spelling = new(1024);
    private readonly DeliveryRules _deliveries = new();
    private RegisterHead _head = RegisterHead.Start;

    /// <param name="known">Ends that the register is known to have had.</param>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public static async Task<RegisterVerdict> Run(IRegister register, IReadOnlyList<KnownHead> known, CancellationToken cancellation)
    {
        var check = new RegisterCheck();
        Diagnostic? broken = null;
        await foreach (var line in register.Lines(cancellation))
        {
            if (broken is { Rule.Severity: Severity.Warning })
                broken = RegisterRules.Altered.Without($"entry {check._head.Sequence + 1} is cut short, and others follow it", Restore);
            else if (!line.IsWhole)
                broken = RegisterRules.Unfinished.Without($"entry {check._head.Sequence + 1} ({line.Place}) is cut short: a crash while it was written, before anything was done", "nothing needs to be done; the next entry takes its place");
            else
                broken = check.Next(line, known);
            if (broken is { Rule.Severity: Severity.Error })
                break;
        }

        if (broken is not { Rule.Severity: Severity.Error } && known.MaxBy(one => one.Head.Sequence) is { } farthest && farthest.Head.Sequence > check._head.Sequence)
            broken = RegisterRules.EndIsMissing.Without($"the register ends with entry {check._head.Sequence}; {farthest.Witness} entry {farthest.Head.Sequence} ({farthest.Head.Hash[..12]})", Restore);
        return new RegisterVerdict(check._head, broken, [.. check._deliveries.Problems], [.. check._deliveries.SignedApplies]);
    }

    private const string Restore = "compare with a copy or an export, and find out who could write there";

    private Diagnostic? Next(RegisterLine line, IReadOnlyList<KnownHead> known)
    {
        var expected = _head.Sequence + 1;
        if (!CanonicalEntry.TryRead(line.Bytes.Span, out var entry) || !entry.HashHolds() || entry.Sequence != expected || !Ascii.Equals(entry.Previous, _head.Hash))
            return WhatIsWrong(line, expected);
        var head = new RegisterHead(expected, Encoding.ASCII.GetString(entry.Hash));
        foreach (var (other, witness) in known)
        {
            if (other.Sequence == expected && other.Hash != head.Hash)
                return RegisterRules.OtherChain.Without($"entry {expected} ({line.Place}) has hash {head.Hash[..12]}; {witness} {other.Hash[..12]}", Restore);
        }

        _head = head;
        _deliveries.Take(entry, line.Bytes.Span);
        return null;
    }

    private Diagnostic WhatIsWrong(RegisterLine line, long expected)
    {
        if (RegisterJson.Read(line.Bytes.Span) is not { } entry)
            return RegisterRules.Altered.Without($"entry {expected} ({line.Place}) is no entry of a register", Restore);
        if (RegisterJson.Spell(_spelling, entry) is var (spelling, hash) && hash != entry.Hash)
            return RegisterRules.Altered.Without($"entry {expected} ({line.Place}) was altered: it hashes to {hash[..12]} and says {entry.Hash[..12]}", Restore);
        if (!spelling.Span.SequenceEqual(line.Bytes.Span))
            return RegisterRules.Altered.Without($"entry {expected} ({line.Place}) is not spelt as the register spells", Restore);
        if (entry.Sequence != expected)
            return RegisterRules.OutOfPlace.Without($"entry {expected} is missing: entry {entry.Sequence} stands in its place ({line.Place})", Restore);
        return RegisterRules.OtherChain.Without($"entry {expected} ({line.Place}) follows an entry with hash {entry.Previous[..12]}; before it stands {_head.Hash[..12]}", Restore);
    }
}
