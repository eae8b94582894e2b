using System.Globalization;
using System.Text;
using Signalbox.Delivery.Parking.Metering;
using Signalbox.Delivery.Register;

namespace Signalbox.Delivery.Parking;

/// <summary>
/// Follows one environment through the register, entry by entry. A register tells of ten years, and what one movement
/// changed is mostly not asked for, so it is kept as it was written until it is.
/// </summary>
internal sealed class ParkHistoryReader
{
    private readonly List<ParkPeriod> _periods = [];

    /// <summary>The entries of this park, from its first attempt, and what was billed; none while nothing is parked.</summary>
    private readonly List<(byte[] Line, IReadOnlyList<MeteredQuantity> Metered)> _attempts = [];
    private readonly MeteredFacts _metered = new();
    private (ParkState, DateTimeOffset, string)? _last;
    private (ParkState To, byte[] Line)? _interrupted;
    private KeepAwake? _keptAwake;
    private string _by = "";

    public void Take(RegisterEntry entry)
    {
        var line = entry.ToJson().Span;
        if (CanonicalEntry.TryRead(line, out var canonical))
            Take(canonical, line);
    }

    /// <param name="line">What the entry was read from; copied where it must be kept.</param>
    public void Take(in CanonicalEntry entry, ReadOnlySpan<byte> line)
    {
        switch (entry.Kind)
        {
            case EntryKind.Parked when entry.Outcome.SequenceEqual(BegunWord):
                _interrupted = (ParkState.Parked, Attempted(entry, line));
                break;
            case EntryKind.Parked when entry.Outcome.SequenceEqual(DoneWord):
                Attempted(entry, line); // until late in 2026 the end told what was billed
                Ended(ParkState.Parked, entry);
                if (_periods is not [.., { To: null }])
                    _periods.Add(new ParkPeriod(entry.At(), To: null, _by, Metered()));
                break;
            case EntryKind.Unparked when entry.Outcome.SequenceEqual(BegunWord):
                _interrupted = (ParkState.Unparked, line.ToArray());
                if (_periods is [.., { To: null } open])
                    _periods[^1] = open with { To = entry.At() };
                break;
            case EntryKind.Unparked when entry.Outcome.SequenceEqual(DoneWord):
                _attempts.Clear();
                Ended(ParkState.Unparked, entry);
                break;
            case EntryKind.KeptAwake when UntilIn(line) is { } until:
                _keptAwake = new KeepAwake(until, By(entry));
                break;
        }
    }

    public ParkHistory Finish() => new()
    {
        Periods = [.. _periods],
        Last = _last,
        Remembered = Remembered(),
        Interrupted = _interrupted is var (to, line) ? Record(to, line) : null,
        KeptAwake = _keptAwake,
    };

    private static readonly byte[] BegunWord = Encoding.ASCII.GetBytes(MovementNotes.Begun);
    private static readonly byte[] DoneWord = Encoding.ASCII.GetBytes(MovementNotes.Done);

    private byte[] Attempted(in CanonicalEntry entry, ReadOnlySpan<byte> line)
    {
        var kept = line.ToArray();
        _attempts.Add((kept, _metered.In(entry, kept)));
        return kept;
    }

    private void Ended(ParkState to, in CanonicalEntry entry)
    {
        _interrupted = null;
        _last = (to, entry.At(), By(entry));
    }

    /// <summary>Mostly the same person again, or the same pipeline.</summary>
    private string By(in CanonicalEntry entry)
    {
        if (!entry.IsBy(_by))
            _by = entry.ActorName();
        return _by;
    }

    private IReadOnlyList<MeteredQuantity> Metered() =>
        _attempts.Select(attempt => attempt.Metered).Aggregate(MeteredQuantity.Joined);

    private MovementRecord? Remembered()
    {
        MovementRecord? record = null;
        foreach (var (attempt, _) in _attempts)
            record = record is null ? Record(ParkState.Parked, attempt) : Record(ParkState.Parked, attempt).After(record);
        return record;
    }

    private static MovementRecord Record(ParkState to, byte[] line) => MovementFacts.Read(to, RegisterJson.Read(line)?.Note.Facts ?? []);

    private static DateTimeOffset? UntilIn(ReadOnlySpan<byte> line) =>
        RegisterJson.Read(line)?.Note.Facts.FirstOrDefault(fact => fact.Name == KeepAwake.UntilFact) is { } fact
        && DateTimeOffset.TryParse(fact.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until)
            ? until
            : null;

    /// <summary>What was billed, from entries that say the same again and again.</summary>
    private sealed class MeteredFacts
    {
        private byte[] _facts = [];
        private IReadOnlyList<MeteredQuantity> _read = [];

        public IReadOnlyList<MeteredQuantity> In(in CanonicalEntry entry, byte[] line)
        {
            var billed = Billed(entry.Facts);
            if (billed.IsEmpty)
                return [];
            if (!billed.SequenceEqual(_facts))
                (_facts, _read) = (billed.ToArray(), Record(ParkState.Parked, line).Metered);
            return _read;
        }

        /// <summary>In canonical JSON these facts come before all others of a movement; what else is taken along only makes two entries differ.</summary>
        private static ReadOnlySpan<byte> Billed(ReadOnlySpan<byte> facts)
        {
            var last = facts.LastIndexOf(MovementFacts.BilledNames);
            if (last < 0)
                return [];
            var rest = new CanonicalScanner(facts[last..]);
            return rest.TakeText(out _) && rest.Take(":"u8) && rest.TakeText(out _) ? facts[..(last + rest.At)] : facts;
        }
    }
}
