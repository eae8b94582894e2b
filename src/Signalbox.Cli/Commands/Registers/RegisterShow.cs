using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Commands.Registers;

/// <summary>`signalbox register show`: the newest entries.</summary>
internal sealed class RegisterShow
{
    private readonly Invocation _invocation;
    private readonly RegisterChoice _choice;
    private readonly EntryFilter _filter;
    private readonly Option<int> _last = new("--last") { Description = "How many, the newest", HelpName = "count", DefaultValueFactory = _ => 20 };

    private RegisterShow(Command command, Invocation invocation)
    {
        (_invocation, _choice, _filter) = (invocation, new RegisterChoice(command, invocation), new EntryFilter(command, invocation));
        _last.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out var count) || count < 1))
                result.AddError("--last takes a whole number above 0");
        });
        command.Add(_last);
        command.SetAction(Run);
    }

    public static Command Create(Invocation invocation)
    {
        var command = new Command("show", "Show the newest entries of the register.");
        _ = new RegisterShow(command, invocation);
        return command.WithExamples(
            "signalbox register show",
            "signalbox register show --env prod --kind applied --since 7d",
            "signalbox register show --plan 3b0c5e1d2f4a --json");
    }

    private async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        if (!(await _choice.Open(parsed, cancellation)).Succeeded(out var register, out var problems)
            || !(await Entries(register, parsed, cancellation)).Succeeded(out var entries, out problems))
        {
            return _invocation.Refuse(parsed, problems);
        }

        if (parsed.GetValue(Invocation.Json))
            _invocation.Terminal.Json(writer => EntryAnswer.Write(writer, register.Place, entries));
        else
            EntryAnswer.Show(_invocation.Terminal, entries);
        return ExitCode.Done;
    }

    private async Task<Outcome<IReadOnlyList<RegisterEntry>>> Entries(IRegister register, ParseResult parsed, CancellationToken cancellation)
    {
        var (count, wanted) = (parsed.GetValue(_last), _filter.Of(parsed, parsed.GetValue(_choice.Environment)));
        try
        {
            if (wanted is null)
                return new Outcome<IReadOnlyList<RegisterEntry>>.Success(await register.Newest(count, cancellation));
            var newest = new Queue<RegisterEntry>();
            await foreach (var entry in register.Read(cancellation))
            {
                if (!wanted(entry))
                    continue;
                newest.Enqueue(entry);
                if (newest.Count > count)
                    newest.Dequeue();
            }

            return new Outcome<IReadOnlyList<RegisterEntry>>.Success([.. newest]);
        }
        catch (IOException e)
        {
            return RegisterRules.CannotRead.Without($"`{register.Place}` cannot be read: {e.Message}", "check the file, or the bucket and the credentials");
        }
    }
}
