using System.Text.Json;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Plans;

namespace Signalbox.Cli.Delivering;

/// <summary>How a park or an unpark ended, for people and for programs.</summary>
internal static class ParkAnswer
{
    public static void Show(Terminal terminal, string environment, ParkState to, OpenedPlan plan, ApplyReport? report)
    {
        if (report is null)
        {
            terminal.Answer($"{environment} is {to.Word()} already; nothing was changed");
            return;
        }

        var totals = report.Totals;
        terminal.Answer($"{environment} is {to.Word()} ({Duration.Words(report.Elapsed)}): {totals.Added} added, {totals.Changed} changed, {totals.Removed} removed");
        terminal.Answer($"plan     {plan.Digest.Hex}");
        if (to == ParkState.Parked)
            terminal.Answer($"to wake  signalbox unpark {environment}");
    }

    public static void Write(Utf8JsonWriter writer, string environment, ParkState to, OpenedPlan plan, ApplyReport? report)
    {
        writer.WriteStartObject();
        writer.WriteString("environment", environment);
        writer.WriteString("state", to.Word());
        writer.WriteBoolean("changed", report is not null);
        writer.WriteString("plan", plan.Digest.Hex);
        writer.WriteNumber("added", report?.Totals.Added ?? 0);
        writer.WriteNumber("changed_resources", report?.Totals.Changed ?? 0);
        writer.WriteNumber("removed", report?.Totals.Removed ?? 0);
        writer.WriteNumber("seconds", Math.Round(report?.Elapsed.TotalSeconds ?? 0, 1));
        writer.WriteEndObject();
    }
}
