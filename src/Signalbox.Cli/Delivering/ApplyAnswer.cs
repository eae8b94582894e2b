using System.Text.Json;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>How an apply ended, for people and for programs.</summary>
internal static class ApplyAnswer
{
    /// <param name="verified">Null when verification was not asked for.</param>
    public static void Show(Terminal terminal, OpenedPlan plan, ApplyReport report, Outcome<VerificationReport>? verified)
    {
        var totals = report.Totals;
        terminal.Answer($"applied {plan.Digest} in {Duration.Words(report.Elapsed)}: {totals.Added} added, {totals.Changed} changed, {totals.Removed} removed");
        ShowOutputs(terminal, report);
        if (verified is null)
            return;
        terminal.Answer("");
        if (verified.Succeeded(out var seen, out var problems))
            VerifyAnswer.Show(terminal, seen);
        else
            terminal.Report(problems);
    }

    private static void ShowOutputs(Terminal terminal, ApplyReport report)
    {
        if (report.Outputs.Count == 0)
            return;
        terminal.Answer("");
        terminal.Answer("outputs");
        var widest = report.Outputs.Max(output => output.Name.Length);
        foreach (var output in report.Outputs)
            terminal.Answer($"  {output.Name.PadRight(widest)}  {(output.IsSensitive ? "(sensitive)" : output.Value)}");
    }

    public static void Write(Utf8JsonWriter writer, OpenedPlan plan, ApplyReport report, Outcome<VerificationReport>? verified)
    {
        writer.WriteStartObject();
        writer.WriteString("digest", plan.Digest.Hex);
        writer.WriteNumber("added", report.Totals.Added);
        writer.WriteNumber("changed", report.Totals.Changed);
        writer.WriteNumber("removed", report.Totals.Removed);
        writer.WriteNumber("seconds", Math.Round(report.Elapsed.TotalSeconds, 1));
        writer.WriteStartArray("changes");
        foreach (var change in report.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("address", change.Address);
            writer.WriteString("action", change.Action);
            writer.WriteNumber("seconds", change.Elapsed.TotalSeconds);
            writer.WriteString("id", change.Identifier);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("outputs");
        foreach (var output in report.Outputs)
        {
            writer.WritePropertyName(output.Name);
            if (output.Value is null)
                writer.WriteNullValue();
            else
                writer.WriteRawValue(output.Value);
        }

        writer.WriteEndObject();
        if (verified is not null)
            VerificationAnswer.Write(writer, verified);
        writer.WriteEndObject();
    }
}
