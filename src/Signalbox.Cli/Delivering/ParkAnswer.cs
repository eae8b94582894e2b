using System.Text.Json;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>How a park or an unpark ended, for people and for programs.</summary>
/// <param name="Report">Null when there was nothing to do.</param>
/// <param name="Verified">Null when the environment declares no endpoints.</param>
/// <param name="UntilAnswered">From the beginning of the apply to the end of the verification.</param>
internal sealed record ParkAnswer(
    string Environment, ParkState To, OpenedPlan Plan, ApplyReport? Report, Outcome<VerificationReport>? Verified, TimeSpan UntilAnswered)
{
    /// <summary>Every endpoint answers what the state wants.</summary>
    public bool IsVerified => Verified is not null && Verified.Succeeded(out var seen, out _) && seen.IsHealthy;

    public void Show(Terminal terminal)
    {
        if (Report is null)
        {
            terminal.Answer($"{Environment} is {To.Word()} already; nothing was changed");
        }
        else
        {
            var totals = Report.Totals;
            terminal.Answer($"{Environment} is {To.Word()} ({Duration.Words(Report.Elapsed)}): {totals.Added} added, {totals.Changed} changed, {totals.Removed} removed");
            terminal.Answer($"plan     {Plan.Digest.Hex}");
            if (IsVerified)
                terminal.Answer($"answers  {To.Word()}, at the latest {Duration.Words(UntilAnswered)} after the apply began");
            if (To == ParkState.Parked)
                terminal.Answer($"to wake  signalbox unpark {Environment}");
        }

        if (Verified is null)
            return;
        terminal.Answer("");
        if (Verified.Succeeded(out var seen, out var problems))
            VerifyAnswer.Show(terminal, seen);
        else
            terminal.Report(problems);
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("environment", Environment);
        writer.WriteString("state", To.Word());
        writer.WriteBoolean("changed", Report is not null);
        writer.WriteString("plan", Plan.Digest.Hex);
        writer.WriteNumber("added", Report?.Totals.Added ?? 0);
        writer.WriteNumber("changed_resources", Report?.Totals.Changed ?? 0);
        writer.WriteNumber("removed", Report?.Totals.Removed ?? 0);
        writer.WriteNumber("seconds", Math.Round(Report?.Elapsed.TotalSeconds ?? 0, 1));
        if (Report is not null && IsVerified)
            writer.WriteNumber("seconds_until_answered", Math.Round(UntilAnswered.TotalSeconds, 1));
        if (Verified is not null)
            VerificationAnswer.Write(writer, Verified);
        writer.WriteEndObject();
    }
}
