using System.Collections;
using System.CommandLine;
using Signalbox.Cli.Signals;
using Signalbox.Processes;

namespace Signalbox.Cli;

internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        var terminal = Terminal.OfThisProcess(variables);
        if (arguments is [Confinement.Directive or OutputRecord.Directive, ..])
        {
            terminal.Say($"error: {(arguments[0] == Confinement.Directive ? Confinement.Become(arguments) : OutputRecord.Become(arguments))}");
            return ExitCode.Failed;
        }

        using var interruption = Interruption.OfThisProcess(terminal, atTerminal: terminal.IsInteractive);
        var invocation = new Invocation(terminal, Path.GetFullPath("."), variables, TimeProvider.System) { Interruption = interruption };
        return await Run(arguments, invocation, CommandTree.Create);
    }

    /// <summary>One start of the program, whatever it was given. Never throws.</summary>
    internal static async Task<int> Run(IReadOnlyList<string> arguments, Invocation invocation, Func<Invocation, RootCommand> commands)
    {
        try
        {
            // An argument that begins with @ is an argument, not the name of a file with more of them.
            var parsed = commands(invocation).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            return await Run(parsed, invocation);
        }
        catch (OperationCanceledException) when (invocation.Interruption.Token.IsCancellationRequested)
        {
            invocation.Terminal.Say("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception unexpected)
        {
            CrashReport.Write(unexpected, invocation);
            return ExitCode.OurBug;
        }
    }

    private static async Task<int> Run(ParseResult parsed, Invocation invocation)
    {
        if (parsed.Errors.Count > 0)
        {
            BadArguments.Explain(parsed, invocation.Terminal);
            return ExitCode.BadArguments;
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // signals are the Interruption's
            Output = invocation.Terminal.Output,
            Error = invocation.Terminal.Error,
        };
        return await parsed.InvokeAsync(configuration, invocation.Interruption.Token);
    }
}
