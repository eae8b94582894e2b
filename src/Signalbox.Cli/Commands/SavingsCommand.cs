using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Parking.Prices;
using Signalbox.Delivery.Parking.Savings;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox savings ENV`: what parking saved, from the register and dated list prices.</summary>
internal sealed class SavingsCommand
{
    private readonly Invocation _invocation;
    private readonly EnvironmentChoice _choice;
    private readonly Option<string?> _from = new("--from") { Description = "First moment, such as 2026-11-01 (UTC); else the first park", HelpName = "time" };
    private readonly Option<string?> _to = new("--to") { Description = "Last moment, such as 2026-12-01; else now", HelpName = "time" };

    private SavingsCommand(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _choice = new EnvironmentChoice(command, invocation);
        _from.Validators.Add(Check);
        _to.Validators.Add(Check);
        command.Add(_from);
        command.Add(_to);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("savings", "Book what parking saved, at dated list prices.");
        _ = new SavingsCommand(command, invocation);
        return command.WithExamples(
            "signalbox savings prod",
            "signalbox savings prod --from 2026-11-01 --to 2026-12-01",
            "signalbox savings prod --target aws --json");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var environment = parsed.GetRequiredValue(_choice.Name);
        if (!(await ParkingBook.Open(_invocation, environment, _choice.TargetOf(parsed), cancellation)).Succeeded(out var book, out var problems))
            return _invocation.Refuse(parsed, problems);

        var now = _invocation.Clock.GetUtcNow();
        var from = Moment(parsed.GetValue(_from)) ?? (book.History.Periods is [var first, ..] ? first.From : now);
        var savings = SavingsBook.Of(book.History.Periods, PriceList.Shipped, from, Moment(parsed.GetValue(_to)) is { } to && to < now ? to : now);
        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => SavingsAnswer.Write(writer, environment, savings));
        else
            SavingsAnswer.Show(_invocation.Terminal, environment, savings);
        return ExitCode.Done;
    }

    private static void Check(OptionResult result)
    {
        if (result.GetValueOrDefault<string?>() is { } text && Moment(text) is null)
            result.AddError($"`{text}` is no date or time; write it as 2026-11-01 or 2026-11-01T08:00Z");
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
