using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Diagnostics;
using Signalbox.Sandbox;

namespace Signalbox.Cli.Commands;

/// <summary>`sandbox up` and `sandbox reset`, which end in the same place from different starts.</summary>
internal static class SandboxUp
{
    public static Command Create(Invocation invocation)
    {
        var options = new Options();
        var command = new Command("up", "Start the sandbox, or leave it running, and wait until it answers.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Run(
            invocation,
            parsed,
            (account, request) => account.Up(request, invocation.Terminal.Say, cancellation),
            options));
        return command.WithExamples(
            "signalbox sandbox up",
            "signalbox sandbox up --from-snapshot",
            "signalbox sandbox up --state-bucket my-terraform-state");
    }

    public static Command CreateReset(Invocation invocation)
    {
        var options = new Options();
        var command = new Command("reset", "Forget the sandbox's account and start an empty one. Snapshots stay.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => Run(
            invocation,
            parsed,
            (account, request) => account.Reset(request, invocation.Terminal.Say, cancellation),
            options));
        return command.WithExamples(
            "signalbox sandbox reset",
            "signalbox sandbox reset --from-snapshot",
            "signalbox sandbox reset --json");
    }

    private static async Task<int> Run(
        Invocation invocation,
        ParseResult parsed,
        Func<SandboxAccount, SandboxRequest, Task<Outcome<RunningSandbox>>> bringUp,
        Options options)
    {
        if (!SandboxCommand.StateBuckets(StateFolder.Of(invocation).Make().RepositoryFolder).Succeeded(out var buckets, out var problems)
            || !(await bringUp(SandboxCommand.Account(invocation), options.Request(parsed, buckets))).Succeeded(out var sandbox, out problems))
        {
            return invocation.Refuse(parsed, problems);
        }

        var heading = sandbox.WasAlreadyUp ? "The sandbox is already up." : "The sandbox is up.";
        SandboxAnswer.Of(sandbox).Write(invocation.Terminal, heading, parsed.GetValue(Invocation.Json));
        return ExitCode.Done;
    }

    private sealed class Options
    {
        private readonly Option<string[]> _buckets = new("--state-bucket")
        {
            Description = "Create this bucket for Terraform's state too; may be repeated",
            HelpName = "NAME",
        };

        private readonly Option<string?> _snapshot = new("--from-snapshot")
        {
            Description = "Start from the account recorded under NAME (`default` when left out)",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrOne,
        };

        public void AddTo(Command command)
        {
            command.Add(_buckets);
            command.Add(_snapshot);
        }

        public SandboxRequest Request(ParseResult parsed, ValueList<string> declaredBuckets) => new()
        {
            StateBuckets = [.. declaredBuckets.Concat(parsed.GetValue(_buckets) ?? []).Distinct(StringComparer.Ordinal)],
            Snapshot = parsed.GetResult(_snapshot) is null ? null : parsed.GetValue(_snapshot) ?? SandboxSnapshot.DefaultName,
        };
    }
}
