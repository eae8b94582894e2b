using System.Collections.Frozen;
using System.Globalization;

namespace Signalbox.Delivery.Parking.Prices;

/// <summary>What one unit of a usage type costs in an hour, by AWS's price list.</summary>
/// <param name="UsageType">In full, such as `EUW2-NatGateway-Hours`.</param>
/// <param name="Unit">What is counted, such as `GB-hour`.</param>
/// <param name="Published">The date of the price list that says so.</param>
/// <param name="Offer">Which of AWS's price lists.</param>
public sealed record Price(string UsageType, string Unit, decimal Usd, DateOnly Published, string Offer);

/// <summary>The dated list prices that travel inside the program. A price that is not among them is missing, never guessed.</summary>
public sealed class PriceList
{
    private const string Resource = "prices.tsv";

    private readonly FrozenDictionary<(string Region, string Usage), Price> _prices;

    private PriceList(FrozenDictionary<(string, string), Price> prices) => _prices = prices;

    public static PriceList Shipped { get; } = Read();

    public Price? Find(string? region, string usage) => region is null ? null : _prices.GetValueOrDefault((region, usage));

    /// <exception cref="FormatException">A line is not as its first line says.</exception>
    internal static PriceList Parse(string text)
    {
        var prices = new Dictionary<(string, string), Price>();
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.Split('\t') is not [var region, var usage, var type, var unit, var usd, var published, var offer])
                throw new FormatException($"not a price: {line}");
            prices.Add(
                (region, usage),
                new Price(type, unit, decimal.Parse(usd, CultureInfo.InvariantCulture), DateOnly.ParseExact(published, "yyyy-MM-dd", CultureInfo.InvariantCulture), offer));
        }

        return new PriceList(prices.ToFrozenDictionary());
    }

    private static PriceList Read()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
