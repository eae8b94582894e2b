using System.Globalization;
using System.Text.Json;
using Signalbox.Delivery.Parking.Savings;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>Savings for people and for programs.</summary>
internal static class SavingsAnswer
{
    /// <summary>Hours that a month has on average, as AWS reckons.</summary>
    public const int HoursOfMonth = 730;

    public static void Show(Terminal terminal, string environment, SavingsBook book)
    {
        terminal.Answer($"{environment} was parked for {book.Hours.ToString("0.##", CultureInfo.InvariantCulture)} hours between {Stamp(book.From)} and {Stamp(book.To)}");
        terminal.Answer($"saved {Usd(book.Total)} at list price");
        Lines(terminal, "booked", book.Booked);
        Lines(terminal, "not booked: no price is known", book.WithoutPrice);
        Lines(terminal, "not booked: may have paused, and nobody saw it", book.NotObserved);
        Lines(terminal, "could save more: was billed on while parked", book.CouldSaveMore);
        if (Published(book) is { } published)
            terminal.Answer($"\nprices are AWS's on-demand list prices as published on {published}, before tax");
    }

    public static void Write(Utf8JsonWriter writer, string environment, SavingsBook book)
    {
        writer.WriteStartObject();
        writer.WriteString("environment", environment);
        writer.WriteString("from", book.From);
        writer.WriteString("to", book.To);
        writer.WriteNumber("hours_parked", Math.Round(book.Hours, 6));
        writer.WriteString("currency", "USD");
        writer.WriteNumber("total", book.Total);
        Write(writer, "booked", book.Booked);
        Write(writer, "without_price", book.WithoutPrice);
        Write(writer, "not_observed", book.NotObserved);
        Write(writer, "could_save_more", book.CouldSaveMore);
        writer.WriteEndObject();
    }

    /// <summary>What one hour, and a month by the schedule, would save; for a plan that is not applied yet.</summary>
    /// <param name="hour">One hour of it.</param>
    /// <param name="parkedShare">The part of a week that the schedule parks; null without a schedule.</param>
    public static void ShowEstimate(Terminal terminal, SavingsBook hour, decimal? parkedShare)
    {
        var perHour = hour.Booked.Sum(line => line.Amount ?? 0);
        terminal.Answer(parkedShare is { } share
            ? $"saves    {Usd(perHour * HoursOfMonth * share)} a month by its schedule ({(share * 100).ToString("0.0", CultureInfo.InvariantCulture)} % of {HoursOfMonth} h), at list price"
            : $"saves    {perHour.ToString("0.0000", CultureInfo.InvariantCulture)} USD an hour, {Usd(perHour * HoursOfMonth)} for a whole month, at list price");
        foreach (var line in hour.WithoutPrice)
            terminal.Answer($"         and {line.Usage} of {line.Address}, whose price in {line.Region ?? "its region"} is not known");
        foreach (var line in hour.NotObserved.Where(line => line.Price is not null))
            terminal.Answer($"         and up to {line.Amount!.Value.ToString("0.0000", CultureInfo.InvariantCulture)} USD an hour more while {line.Address} pauses");
    }

    public static string Usd(decimal amount) => $"{SavingsBook.Cents(amount).ToString("0.00", CultureInfo.InvariantCulture)} USD";

    private static void Lines(Terminal terminal, string heading, ValueList<SavingsLine> lines)
    {
        if (lines.Count == 0)
            return;
        terminal.Answer($"\n{heading}");
        foreach (var line in lines)
        {
            var price = line.Price is { } known
                ? $"{Usd(line.Amount!.Value),12}  {line.UnitHours.ToString("0.####", CultureInfo.InvariantCulture)} {known.Unit} at {known.Usd.ToString(CultureInfo.InvariantCulture)}  {known.UsageType}"
                : $"{"?",12}  {line.UnitHours.ToString("0.####", CultureInfo.InvariantCulture)} unit-hours  {line.Usage} in {line.Region ?? "an unknown region"}";
            terminal.Answer($"  {price}  {line.Address}");
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, ValueList<SavingsLine> lines)
    {
        writer.WriteStartArray(name);
        foreach (var line in lines)
        {
            writer.WriteStartObject();
            writer.WriteString("address", line.Address);
            writer.WriteString("usage", line.Usage);
            writer.WriteString("region", line.Region);
            writer.WriteNumber("unit_hours", Math.Round(line.UnitHours, 6));
            if (line.Price is { } price)
            {
                writer.WriteNumber("amount", SavingsBook.Cents(line.Amount!.Value));
                writer.WriteNumber("price", price.Usd);
                writer.WriteString("unit", price.Unit);
                writer.WriteString("usage_type", price.UsageType);
                writer.WriteString("published", price.Published.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                writer.WriteString("offer", price.Offer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The oldest date among the prices that were used: no figure is better than its oldest part.</summary>
    private static string? Published(SavingsBook book)
    {
        var dates = book.Booked.Concat(book.NotObserved).Concat(book.CouldSaveMore).Select(line => line.Price?.Published).OfType<DateOnly>().ToArray();
        return dates.Length == 0 ? null : dates.Min() == dates.Max() ? $"{dates.Min():yyyy-MM-dd}" : $"{dates.Min():yyyy-MM-dd} to {dates.Max():yyyy-MM-dd}";
    }

    private static string Stamp(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
