using System.Globalization;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Parking.Metering;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Parking;

/// <summary>A time during which an environment was parked.</summary>
/// <param name="From">When the last resource was parked.</param>
/// <param name="To">When the unpark began; null while it is parked.</param>
/// <param name="By">Who parked it.</param>
/// <param name="Metered">What was billed by the hour before, and while it was parked.</param>
public sealed record ParkPeriod(DateTimeOffset From, DateTimeOffset? To, string By, IReadOnlyList<MeteredQuantity> Metered);

/// <param name="Until">Before this a schedule does not park it.</param>
public sealed record KeepAwake(DateTimeOffset Until, string By)
{
    internal const string UntilFact = "until";

    /// <summary>What the register is told of it.</summary>
    public static RegisterNote Note(NoteOrigin origin, DateTimeOffset until) => origin.Note(EntryKind.KeptAwake) with
    {
        Outcome = $"kept awake until {until.ToUniversalTime():yyyy-MM-dd HH:mm}Z",
        Facts = [new RegisterFact(UntilFact, until.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture))],
    };
}

/// <summary>What the register tells of one environment's parking.</summary>
public sealed record ParkHistory
{
    /// <summary>Oldest first.</summary>
    public required ValueList<ParkPeriod> Periods { get; init; }

    /// <summary>The last finished movement: where it led, when, and who did it; null before the first.</summary>
    public required (ParkState To, DateTimeOffset At, string By)? Last { get; init; }

    /// <summary>What must come back with the next unpark; null when nothing was parked, or nobody wrote it down.</summary>
    public required MovementRecord? Remembered { get; init; }

    /// <summary>A movement that began and did not end well.</summary>
    public required MovementRecord? Interrupted { get; init; }

    /// <summary>The newest word on it, also when it has passed.</summary>
    public required KeepAwake? KeptAwake { get; init; }

    /// <exception cref="IOException">The register cannot be read.</exception>
    public static async Task<ParkHistory> Read(IRegister register, string environment, Target target, CancellationToken cancellation)
    {
        var reader = new ParkHistoryReader();
        var name = RegisterJson.Spelt(environment);
        await foreach (var line in register.Lines(cancellation))
        {
            if (line.IsWhole && MayTell(line.Bytes.Span) && CanonicalEntry.TryRead(line.Bytes.Span, out var entry) && entry.Target == target && entry.Environment.SequenceEqual(name))
                reader.Take(entry, line.Bytes.Span);
        }

        return reader.Finish();
    }

    /// <summary>Tells most entries of other kinds apart without reading them. A fact may be named `kind` too, so every such name is looked at.</summary>
    private static bool MayTell(ReadOnlySpan<byte> line)
    {
        while (line.IndexOf(",\"kind\":\""u8) is var at and >= 0)
        {
            line = line[(at + ",\"kind\":\"".Length)..];
            if (line.StartsWith("parked\""u8) || line.StartsWith("unparked\""u8) || line.StartsWith("kept_awake\""u8))
                return true;
        }

        return false;
    }
}
