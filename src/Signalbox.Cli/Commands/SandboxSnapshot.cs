using System.CommandLine;
using System.Text.Json;
using Signalbox.Cli.Help;

namespace Signalbox.Cli.Commands;

internal static class SandboxSnapshot
{
    public const string DefaultName = "default";

    public static Command Create(Invocation invocation)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "What to call the recording",
            DefaultValueFactory = _ => DefaultName,
        };
        var command = new Command("snapshot", "Record the sandbox's account, to start from it later on this machine.")
        {
            name,
        };
        command.SetAction((parsed, cancellation) => Run(invocation, parsed, parsed.GetRequiredValue(name), cancellation));
        return command.WithExamples(
            "signalbox sandbox snapshot",
            "signalbox sandbox snapshot applied",
            "signalbox sandbox up --from-snapshot applied");
    }

    private static async Task<int> Run(Invocation invocation, ParseResult parsed, string name, CancellationToken cancellation)
    {
        var terminal = invocation.Terminal;
        if (!(await SandboxCommand.Account(invocation).Record(name, cancellation)).Succeeded(out var snapshot, out var problems))
            return invocation.Refuse(parsed, problems);

        var answer = new SandboxSnapshotAnswer(snapshot.Name, snapshot.CreatedAt, snapshot.Sha256, snapshot.Size);
        terminal.Answer(parsed.GetValue(Invocation.Json)
            ? JsonSerializer.Serialize(answer, SandboxJson.Default.SandboxSnapshotAnswer)
            : $"The account is recorded as `{snapshot.Name}` ({snapshot.Size / 1024.0 / 1024:0.0} MiB).");
        return ExitCode.Done;
    }
}
