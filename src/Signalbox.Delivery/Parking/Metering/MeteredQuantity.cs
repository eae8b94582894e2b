using System.Text.Json.Serialization;

namespace Signalbox.Delivery.Parking.Metering;

/// <summary>Something billed by the hour, before and after a movement.</summary>
/// <param name="Usage">The usage type of AWS's price list without the region's prefix, such as `Fargate-GB-Hours`.</param>
/// <param name="Region">Null when nothing in the plan says it.</param>
/// <param name="Before">Units of the usage type that run at any moment, such as 0.5 GB.</param>
/// <param name="After">The same afterwards.</param>
/// <param name="IsAssured">
/// What is set is what is billed. False for a database that may pause: only who sees it at zero knows that it did.
/// </param>
public sealed record MeteredQuantity(string Address, string Usage, string? Region, decimal Before, decimal After, bool IsAssured = true)
{
    [JsonIgnore]
    public decimal Fall => Before - After;

    /// <summary>Two looks at the same movement: what was there before the first one, and what is there after the second.</summary>
    internal static IReadOnlyList<MeteredQuantity> Joined(IReadOnlyList<MeteredQuantity> first, IReadOnlyList<MeteredQuantity> second)
    {
        if (first.Count == 0 || second.Count == 0)
            return first.Count == 0 ? second : first; // as with any other two, without a copy
        var later = second.ToDictionary(quantity => (quantity.Address, quantity.Usage));
        return
        [
            .. first.Select(quantity => later.Remove((quantity.Address, quantity.Usage), out var seen) ? seen with { Before = quantity.Before } : quantity),
            .. later.Values,
        ];
    }
}
