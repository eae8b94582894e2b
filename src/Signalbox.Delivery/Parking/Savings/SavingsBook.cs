using Signalbox.Delivery.Parking.Metering;
using Signalbox.Delivery.Parking.Prices;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Parking.Savings;

/// <summary>Hours of one billed quantity, at its list price.</summary>
/// <param name="UnitHours">Quantity times hours, such as 0.5 GB for 3 hours: 1.5.</param>
/// <param name="Price">Null when no price is known.</param>
public sealed record SavingsLine(string Address, string Usage, string? Region, decimal UnitHours, Price? Price)
{
    /// <summary>In USD, not rounded; null without a price.</summary>
    public decimal? Amount => Price is null ? null : UnitHours * Price.Usd;
}

/// <summary>What parking saved in a time: hours that were not billed, at dated list prices.</summary>
public sealed record SavingsBook
{
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Hours parked in that time.</summary>
    public required decimal Hours { get; init; }

    /// <summary>What fell in billed quantity, and has a price.</summary>
    public required ValueList<SavingsLine> Booked { get; init; }

    /// <summary>What fell, and cannot be booked because no price is known.</summary>
    public required ValueList<SavingsLine> WithoutPrice { get; init; }

    /// <summary>What may have fallen, such as a database that was allowed to pause; nobody saw whether it did.</summary>
    public required ValueList<SavingsLine> NotObserved { get; init; }

    /// <summary>What was billed on while parked.</summary>
    public required ValueList<SavingsLine> CouldSaveMore { get; init; }

    /// <summary>In USD, rounded once, to cents.</summary>
    public decimal Total => Cents(Booked.Sum(line => line.Amount ?? 0));

    /// <summary>Books every period between two moments; one that lasts is booked up to the second.</summary>
    public static SavingsBook Of(IEnumerable<ParkPeriod> periods, PriceList prices, DateTimeOffset from, DateTimeOffset to)
    {
        var (fell, mayHave, stays, hours) = (new Sums(), new Sums(), new Sums(), 0m);
        foreach (var period in periods)
        {
            var begin = period.From > from ? period.From : from;
            var end = period.To is { } ended && ended < to ? ended : to;
            if (begin >= end)
                continue;
            var length = Hour(end - begin);
            hours += length;
            foreach (var quantity in period.Metered)
            {
                if (quantity.Fall > 0)
                    (quantity.IsAssured ? fell : mayHave).Add(quantity, quantity.Fall * length);
                if (quantity.After > 0)
                    stays.Add(quantity, quantity.After * length);
            }
        }

        var lines = fell.Lines(prices);
        return new SavingsBook
        {
            From = from,
            To = to,
            Hours = hours,
            Booked = [.. lines.Where(line => line.Price is not null)],
            WithoutPrice = [.. lines.Where(line => line.Price is null)],
            NotObserved = mayHave.Lines(prices),
            CouldSaveMore = stays.Lines(prices),
        };
    }

    /// <summary>One hour of the same, for what one movement's plan says.</summary>
    public static SavingsBook OfOneHour(IReadOnlyList<MeteredQuantity> metered, PriceList prices) =>
        Of([new ParkPeriod(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1), "", metered)], prices, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));

    public static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    private static decimal Hour(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerHour;

    private sealed class Sums
    {
        private readonly Dictionary<(string Address, string Usage, string? Region), decimal> _unitHours = [];

        public void Add(MeteredQuantity quantity, decimal unitHours)
        {
            var key = (quantity.Address, quantity.Usage, quantity.Region);
            _unitHours[key] = _unitHours.GetValueOrDefault(key) + unitHours;
        }

        public ValueList<SavingsLine> Lines(PriceList prices) =>
        [
            .. _unitHours
                .OrderBy(sum => sum.Key.Address, StringComparer.Ordinal)
                .ThenBy(sum => sum.Key.Usage, StringComparer.Ordinal)
                .Select(sum => new SavingsLine(sum.Key.Address, sum.Key.Usage, sum.Key.Region, sum.Value, prices.Find(sum.Key.Region, sum.Key.Usage))),
        ];
    }
}
