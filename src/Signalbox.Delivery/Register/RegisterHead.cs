using System.Security.Cryptography;

namespace Signalbox.Delivery.Register;

/// <summary>The end of a register: what the next entry is chained to.</summary>
/// <param name="Sequence">0 before the first entry.</param>
public sealed record RegisterHead(long Sequence, string Hash)
{
    public static RegisterHead Start { get; } = new(0, new string('0', 2 * SHA256.HashSizeInBytes));

    public static RegisterHead Of(RegisterEntry entry) => new(entry.Sequence, entry.Hash);

    /// <summary>The note in its place, with the time cut to milliseconds as it is stored.</summary>
    internal RegisterEntry Next(RegisterNote note, DateTimeOffset now)
    {
        var at = now.ToUniversalTime();
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
        return RegisterJson.Hashed(new RegisterEntry(Sequence + 1, at, Clean(note), Hash, Hash: ""));
    }

    /// <summary>What is hashed is what will be read again.</summary>
    private static RegisterNote Clean(RegisterNote note) => note with
    {
        Environment = Clean(note.Environment),
        Actor = new Actor(RegisterText.Of(note.Actor.Name), RegisterText.Of(note.Actor.Evidence)),
        Commit = Clean(note.Commit),
        Run = Clean(note.Run),
        Job = Clean(note.Job),
        Outcome = Clean(note.Outcome),
        Duration = note.Duration is { } duration ? TimeSpan.FromMilliseconds(Math.Max(0, (long)duration.TotalMilliseconds)) : null,
        Findings = [.. note.Findings.Select(RegisterText.Of)],
        Facts = [.. note.Facts.Select(fact => new RegisterFact(RegisterText.Of(fact.Name), RegisterText.Of(fact.Value))).DistinctBy(fact => fact.Name, StringComparer.Ordinal).OrderBy(fact => fact.Name, StringComparer.Ordinal)],
    };

    private static string? Clean(string? text) => text is null ? null : RegisterText.Of(text);
}
