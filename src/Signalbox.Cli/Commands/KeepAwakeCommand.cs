using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Signalbox.Cli.Delivering;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Git;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Register;
using Command = System.CommandLine.Command;
using ProcessRunner = Signalbox.Processes.ProcessRunner;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox keep-awake ENV DURATION`: no schedule parks it until then; written into the register.</summary>
internal sealed class KeepAwakeCommand
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private readonly Invocation _invocation;
    private readonly EnvironmentChoice _choice;
    private readonly Argument<string> _duration = new("duration") { Description = "How long from now, such as 30m or 3h; at most 7d. `0m` takes an earlier word back" };

    private KeepAwakeCommand(Command command, Invocation invocation)
    {
        _invocation = invocation;
        _choice = new EnvironmentChoice(command, invocation);
        _duration.Validators.Add(Check);
        command.Add(_duration);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("keep-awake", "Postpone what the schedule would park.");
        _ = new KeepAwakeCommand(command, invocation);
        return command.WithExamples(
            "signalbox keep-awake prod 3h",
            "signalbox keep-awake prod 2d --target aws",
            "signalbox keep-awake prod 0m");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var environment = parsed.GetRequiredValue(_choice.Name);
        if (!(await ParkingBook.Open(_invocation, environment, _choice.TargetOf(parsed), cancellation)).Succeeded(out var book, out var problems))
            return _invocation.Refuse(parsed, problems);

        var checkout = await GitCheckout.Read(book.State.RepositoryFolder, _invocation.Variables, new ProcessRunner(_invocation.Clock), cancellation);
        var until = _invocation.Clock.GetUtcNow() + Parse(parsed.GetRequiredValue(_duration))!.Value;
        var note = KeepAwake.Note(new NoteOrigin(environment, book.Target, new Actor(checkout.Author, "git")) { Commit = checkout.Commit }, until);
        if (!(await book.Register.Append(note, cancellation)).Succeeded(out _, out problems))
            return _invocation.Refuse(parsed, problems);

        var stamp = until.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
        if (parsed.GetValue(Invocation.Json))
        {
            _invocation.Terminal.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("environment", environment);
                writer.WriteString("keep_awake_until", until);
                writer.WriteEndObject();
            });
        }
        else
        {
            _invocation.Terminal.Answer($"no schedule parks {environment} before {stamp}");
            if (book.History.Last is { To: ParkState.Parked })
                _invocation.Terminal.Say($"{environment} is parked; to wake it run `signalbox unpark {environment}`");
        }

        return ExitCode.Done;
    }

    private static void Check(ArgumentResult result)
    {
        if (Parse(result.GetValueOrDefault<string>() ?? "") is null)
            result.AddError("the duration is a whole number and `m`, `h` or `d`, at most 7d, as in 3h");
    }

    private static TimeSpan? Parse(string text)
    {
        if (text.Length is < 2 or > 6 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        TimeSpan? duration = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
        return duration <= Longest ? duration : null;
    }
}
