using System.CommandLine;
using System.Text.Json;
using Signalbox.Cli.Help;
using Signalbox.Sandbox;

namespace Signalbox.Cli.Commands;

/// <summary>`sandbox status` and `sandbox env`: what is there, and how to talk to it.</summary>
internal static class SandboxLook
{
    public static Command CreateStatus(Invocation invocation)
    {
        var command = new Command("status", "Say whether the sandbox is up (exit code 0) or not (1), by asking it.");
        command.SetAction((parsed, cancellation) => Status(invocation, parsed, cancellation));
        return command.WithExamples(
            "signalbox sandbox status",
            "signalbox sandbox status --json",
            "signalbox sandbox status || signalbox sandbox up");
    }

    public static Command CreateEnv(Invocation invocation)
    {
        var command = new Command("env", "Print what makes a shell's aws and terraform talk to the sandbox, and to no real account.");
        command.SetAction((parsed, cancellation) => Env(invocation, parsed, cancellation));
        return command.WithExamples(
            "eval \"$(signalbox sandbox env)\"",
            "signalbox sandbox env",
            "signalbox sandbox env --json");
    }

    private static async Task<int> Status(Invocation invocation, ParseResult parsed, CancellationToken cancellation)
    {
        var asJson = parsed.GetValue(Invocation.Json);
        var account = SandboxCommand.Account(invocation);
        var status = await account.Status(cancellation);
        if (status is SandboxStatus.Up up)
        {
            SandboxAnswer.Of(up.Sandbox).Write(invocation.Terminal, "The sandbox is up.", asJson);
            return ExitCode.Done;
        }

        if (asJson)
            invocation.Terminal.Answer(SandboxAnswer.Json(SandboxAnswer.Of(status)));
        else if ((await account.Running(cancellation)).Succeeded(out _, out var problems))
            invocation.Terminal.Answer("The sandbox is up.");
        else
            invocation.Terminal.Report(problems);
        return ExitCode.Failed;
    }

    private static async Task<int> Env(Invocation invocation, ParseResult parsed, CancellationToken cancellation)
    {
        var terminal = invocation.Terminal;
        if (!(await SandboxCommand.Account(invocation).Running(cancellation)).Succeeded(out var sandbox, out var problems))
            return invocation.Refuse(parsed, problems);

        var changes = sandbox.ShellChanges();
        if (parsed.GetValue(Invocation.Json))
        {
            var answer = new SandboxShellAnswer(new(changes.Set, StringComparer.Ordinal), [.. changes.Unset]);
            terminal.Answer(JsonSerializer.Serialize(answer, SandboxJson.Default.SandboxShellAnswer));
            return ExitCode.Done;
        }

        foreach (var line in changes.Lines())
            terminal.Answer(line);
        return ExitCode.Done;
    }
}
