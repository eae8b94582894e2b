using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Parking.Prices;
using Signalbox.Delivery.Parking.Savings;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox status ENV`: parked or not, since when, by whom, and what that saves.</summary>
internal sealed class StatusCommand
{
    private readonly Invocation _invocation;
    private readonly EnvironmentChoice _choice;

    private StatusCommand(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _choice = new EnvironmentChoice(command, invocation);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("status", "Say whether an environment is parked, since when, by whom, and what it saves.");
        _ = new StatusCommand(command, invocation);
        return command.WithExamples(
            "signalbox status prod",
            "signalbox status prod --json",
            "signalbox status prod --target aws");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await _choice.Open(parsed, cancellation)).Succeeded(out var session, out var problems)
            || !(await State(session)).Succeeded(out var json, out problems)
            || !(await ParkingBook.Read(session.Register, session.Environment.Name.Text, session.Access.Target, cancellation)).Succeeded(out var history, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        var environment = session.Environment;
        var status = ParkStatus.Of(json, history, environment.Schedule, PriceList.Shipped, _invocation.Clock.GetUtcNow());
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => Write(writer, environment.Name.Text, session.Access.Target, status));
        else
            Show(environment.Name.Text, session.Access.Target, status);
        return ExitCode.Done;
    }

    private async Task<Outcome<string>> State(DeliverySession session)
    {
        await using var progress = _invocation.Terminal.Progress($"reading the state of {session.Environment.Name}");
        var show = new DeliveryProgress(_invocation.Terminal, progress);
        return (await session.Terraform.Initialise(show.Show, _invocation.Interruption.ForChildren)).Succeeded(out _, out var problems)
            ? await session.Terraform.Output(session.Environment.Parking.Output, _invocation.Interruption.ForChildren)
            : new Outcome<string>.Failure(problems);
    }

    private void Show(string environment, Target target, ParkStatus status)
    {
        var terminal = _invocation.Terminal;
        terminal.Answer($"{environment} in {target.Word()} is {status.State?.Word() ?? "not made yet, or cannot be parked"}");
        if (status.Since is { } since)
            terminal.Answer($"since    {Stamp(since)} by {status.By}");
        else if (status.State == ParkState.Parked)
            terminal.Answer("since    nobody wrote it down");
        if (status.Interrupted is { } interrupted)
            terminal.Answer($"half-way {interrupted.Verb()} began and did not end; run `signalbox {interrupted.Verb()} {environment}` to finish it, or `signalbox {Other(interrupted).Verb()} {environment}` to go back");
        if (status.Saved is { } saved)
            terminal.Answer($"saves    {saved.PerHour.ToString("0.0000", CultureInfo.InvariantCulture)} USD an hour at list price, {SavingsAnswer.Usd(saved.SoFar)} so far");
        if (status.KeptAwake is { } awake)
            terminal.Answer($"awake    until {Stamp(awake.Until)} by {awake.By}");
        if (status.Next is { } next)
            terminal.Answer($"schedule {next.To.Verb()}s at {Stamp(next.At)}");
    }

    private static void Write(Utf8JsonWriter writer, string environment, Target target, ParkStatus status)
    {
        writer.WriteStartObject();
        writer.WriteString("environment", environment);
        writer.WriteString("target", target.Word());
        writer.WriteString("state", status.State?.Word());
        Write(writer, "since", status.Since);
        writer.WriteString("by", status.By);
        writer.WriteString("interrupted", status.Interrupted?.Verb());
        if (status.Saved is { } saved)
        {
            writer.WriteNumber("saves_usd_per_hour", saved.PerHour);
            writer.WriteNumber("saved_usd", SavingsBook.Cents(saved.SoFar));
        }

        Write(writer, "keep_awake_until", status.KeptAwake?.Until);
        Write(writer, "next_change", status.Next?.At);
        writer.WriteString("next_state", status.Next?.To.Word());
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            writer.WriteString(name, known);
        else
            writer.WriteNull(name);
    }

    private static ParkState Other(ParkState state) => state == ParkState.Parked ? ParkState.Unparked : ParkState.Parked;

    private static string Stamp(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
