using Signalbox.Delivery.Parking.Prices;
using Signalbox.Delivery.Parking.Savings;
using Signalbox.Delivery.Parking.Schedules;

namespace Signalbox.Delivery.Parking;

/// <summary>Where an environment's parking stands.</summary>
/// <param name="State">What the Terraform state says; null when it says nothing.</param>
/// <param name="Since">When the register saw it come to that; null when it did not.</param>
/// <param name="Interrupted">Where a movement leads that began and did not end.</param>
/// <param name="Saved">While parked: USD an hour, and since it was parked, at list price.</param>
/// <param name="Next">What the schedule does next.</param>
public sealed record ParkStatus(
    ParkState? State,
    DateTimeOffset? Since,
    string? By,
    ParkState? Interrupted,
    (decimal PerHour, decimal SoFar)? Saved,
    KeepAwake? KeptAwake,
    (ParkState To, DateTimeOffset At)? Next)
{
    /// <param name="output">The root module's output as JSON text.</param>
    public static ParkStatus Of(string output, ParkHistory history, ParkingSchedule? schedule, PriceList prices, DateTimeOffset now)
    {
        var state = ParkStates.OfOutput(output);
        var last = history.Last is { } movement && movement.To == state ? movement : ((ParkState, DateTimeOffset At, string By)?)null;
        var open = state == ParkState.Parked && history.Periods is [.., { To: null } period] ? period : null;
        var awake = history.KeptAwake is { } kept && kept.Until > now ? kept : null;
        return new ParkStatus(
            state,
            last?.At,
            last?.By,
            ParkStates.Parse(history.Interrupted?.To),
            open is null ? null : SavedIn(open, prices, now),
            awake,
            schedule?.NextChange(now) is { } next ? (schedule.StateAt(next), next) : null);
    }

    private static (decimal, decimal) SavedIn(ParkPeriod period, PriceList prices, DateTimeOffset now) =>
    (
        SavingsBook.OfOneHour(period.Metered, prices).Booked.Sum(line => line.Amount ?? 0),
        SavingsBook.Of([period], prices, period.From, now).Booked.Sum(line => line.Amount ?? 0));
}
