using System.Globalization;
using Signalbox.Delivery.Register;

namespace Signalbox.Delivery.Parking;

/// <summary>Follows one environment through the register, entry by entry.</summary>
internal sealed class ParkHistoryReader
{
    private readonly List<ParkPeriod> _periods = [];
    private (ParkState, DateTimeOffset, string)? _last;
    private MovementRecord? _remembered;
    private MovementRecord? _interrupted;
    private KeepAwake? _keptAwake;

    public void Take(RegisterEntry entry)
    {
        switch (entry.Note)
        {
            case { Kind: EntryKind.Parked, Outcome: MovementNotes.Begun }:
                Remember(_interrupted = MovementFacts.Read(ParkState.Parked, entry.Note.Facts));
                break;
            case { Kind: EntryKind.Parked, Outcome: MovementNotes.Done }:
                Remember(MovementFacts.Read(ParkState.Parked, entry.Note.Facts));
                _interrupted = null;
                _last = (ParkState.Parked, entry.At, entry.Note.Actor.Name);
                if (_periods is not [.., { To: null }])
                    _periods.Add(new ParkPeriod(entry.At, To: null, entry.Note.Actor.Name, _remembered!.Metered));
                break;
            case { Kind: EntryKind.Unparked, Outcome: MovementNotes.Begun }:
                _interrupted = MovementFacts.Read(ParkState.Unparked, entry.Note.Facts);
                if (_periods is [.., { To: null } open])
                    _periods[^1] = open with { To = entry.At };
                break;
            case { Kind: EntryKind.Unparked, Outcome: MovementNotes.Done }:
                (_interrupted, _remembered) = (null, null);
                _last = (ParkState.Unparked, entry.At, entry.Note.Actor.Name);
                break;
            case { Kind: EntryKind.KeptAwake } when UntilIn(entry) is { } until:
                _keptAwake = new KeepAwake(until, entry.Note.Actor.Name);
                break;
        }
    }

    public ParkHistory Finish() => new()
    {
        Periods = [.. _periods],
        Last = _last,
        Remembered = _remembered,
        Interrupted = _interrupted,
        KeptAwake = _keptAwake,
    };

    private void Remember(MovementRecord record) => _remembered = _remembered is { } earlier ? record.After(earlier) : record;

    private static DateTimeOffset? UntilIn(RegisterEntry entry) =>
        entry.Note.Facts.FirstOrDefault(fact => fact.Name == KeepAwake.UntilFact) is { } fact
        && DateTimeOffset.TryParse(fact.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until)
            ? until
            : null;
}
