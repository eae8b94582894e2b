using System.CommandLine;
using System.Text;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Register;

namespace Signalbox.Cli.Commands.Registers;

/// <summary>`signalbox register export`: every line as it is stored.</summary>
internal static class RegisterExport
{
    public static Command Create(Invocation invocation)
    {
        var command = new Command("export", "Write every entry, a line each, as it is stored.");
        var choice = new RegisterChoice(command, invocation);
        command.SetAction((parsed, cancellation) => Run(parsed, choice, invocation, cancellation));
        return command.WithExamples(
            "signalbox register export > register.ndjson",
            "signalbox register export --env prod --target aws > prod.ndjson",
            "signalbox register export | jq 'select(.kind == \"applied\")'");
    }

    private static async Task<int> Run(ParseResult parsed, RegisterChoice choice, Invocation invocation, CancellationToken cancellation)
    {
        if (!(await choice.Open(parsed, cancellation)).Succeeded(out var register, out var problems))
            return invocation.Refuse(parsed, problems);
        try
        {
            // With `--env` too the whole chain is written: a part of it could not be checked.
            await foreach (var line in register.Lines(cancellation))
            {
                if (line.IsWhole)
                    invocation.Terminal.Answer(Encoding.UTF8.GetString(line.Bytes.Span));
            }

            return ExitCode.Done;
        }
        catch (IOException e)
        {
            return invocation.Refuse(parsed, [RegisterRules.CannotRead.Without($"`{register.Place}` cannot be read: {e.Message}", "check the file, or the bucket and the credentials")]);
        }
    }
}
