using System.Collections;
using System.CommandLine;

namespace Signalbox.Cli;

internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        var terminal = Terminal.OfThisProcess(variables);
        var invocation = new Invocation(terminal, Path.GetFullPath("."), variables, TimeProvider.System);

        var parsed = CommandTree.Create(invocation).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                terminal.Say($"error: {error.Message}");
            return ExitCode.BadArguments;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, CancellationToken.None);
    }
}
