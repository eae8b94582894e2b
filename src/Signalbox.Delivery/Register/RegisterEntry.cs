using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>What one entry of the register is about.</summary>
public enum EntryKind
{
    Planned,
    Approved,
    Rejected,
    Applying,
    Applied,
    Failed,
    Verified,
    Parked,
    Unparked,
    KeptAwake,
    Published,
    Pinned,
    Recovered,
    BrokeGlass,
}

/// <summary>What a command wants written down. The register adds sequence, time and hashes. Secrets never enter.</summary>
public sealed record RegisterNote
{
    public required EntryKind Kind { get; init; }

    /// <summary>Null only for what belongs to no environment, such as a published image.</summary>
    public required string? Environment { get; init; }

    public required Target Target { get; init; }

    public required Actor Actor { get; init; }

    public string? Commit { get; init; }

    /// <summary>The pipeline run and job that did it, when one did.</summary>
    public string? Run { get; init; }

    public string? Job { get; init; }

    public PlanDigest? Plan { get; init; }

    /// <summary>The codes of the guard's findings.</summary>
    public ValueList<string> Findings { get; init; } = [];

    /// <summary>One word or sentence, for example `healthy` or why it failed.</summary>
    public string? Outcome { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>What only this kind has, such as counts or what parking stopped; names are unique and in snake_case.</summary>
    public ValueList<RegisterFact> Facts { get; init; } = [];
}

/// <param name="Evidence">How we know: `git` for who works here, `ssh-signature` for a signature that was checked, `hold` for the engine's word, `login` for a name that somebody gave.</param>
public sealed record Actor(string Name, string Evidence);

public sealed record RegisterFact(string Name, string Value);

/// <summary>A note in its place in the chain.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Previous">The hash of the entry before, 64 hexadecimal digits; zeros for the first.</param>
/// <param name="Hash">The SHA-256 of this entry's canonical JSON without this field.</param>
public sealed record RegisterEntry(long Sequence, DateTimeOffset At, RegisterNote Note, string Previous, string Hash)
{
    /// <summary>Its one canonical spelling, as it is stored.</summary>
    public ReadOnlyMemory<byte> ToJson() => RegisterJson.Write(this);
}
