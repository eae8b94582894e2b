using System.CommandLine;
using System.Text.Json;
using Signalbox.Cli.Help;

namespace Signalbox.Cli.Commands;

internal static class SandboxDown
{
    public static Command Create(Invocation invocation)
    {
        var command = new Command("down", "End the sandbox. Its account goes with it; `signalbox sandbox snapshot` keeps one.");
        command.SetAction((parsed, cancellation) => Run(invocation, parsed, cancellation));
        return command.WithExamples(
            "signalbox sandbox down",
            "signalbox sandbox snapshot && signalbox sandbox down",
            "signalbox sandbox down --json");
    }

    private static async Task<int> Run(Invocation invocation, ParseResult parsed, CancellationToken cancellation)
    {
        var terminal = invocation.Terminal;
        var outcome = await SandboxCommand.Account(invocation).Down(terminal.Say, cancellation);
        if (!outcome.Succeeded(out var end, out var problems))
            return invocation.Refuse(parsed, problems);

        if (parsed.GetValue(Invocation.Json))
            terminal.Answer(JsonSerializer.Serialize(new SandboxEndAnswer(end.ProcessId), SandboxJson.Default.SandboxEndAnswer));
        else
            terminal.Answer(end.ProcessId is null ? "The sandbox was not running." : "The sandbox is down, and its account is gone.");
        return ExitCode.Done;
    }
}
