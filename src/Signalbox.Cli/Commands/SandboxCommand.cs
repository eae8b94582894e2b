using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Terraform;
using Signalbox.Diagnostics;
using Signalbox.Sandbox;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox sandbox`: the emulated AWS account of this repository.</summary>
internal static class SandboxCommand
{
    public static Command Create(Invocation invocation) =>
        new Command("sandbox", "The emulated AWS account that every command uses unless told otherwise.")
        {
            SandboxUp.Create(invocation),
            SandboxDown.Create(invocation),
            SandboxLook.CreateStatus(invocation),
            SandboxLook.CreateEnv(invocation),
            SandboxUp.CreateReset(invocation),
            SandboxSnapshot.Create(invocation),
            SandboxTraceCommand.Create(invocation),
            SandboxEdgeCommand.Create(invocation),
            SandboxRegistryCommand.Create(invocation),
        }.WithExamples(
            "signalbox sandbox up",
            "signalbox sandbox up --from-snapshot",
            "eval \"$(signalbox sandbox env)\"");

    public static SandboxAccount Account(Invocation invocation) =>
        new(StateFolder.Of(invocation).Sandbox, invocation.Clock, invocation.Variables);

    /// <summary>The buckets that the repository's backends name, besides those given with `--state-bucket`.</summary>
    public static Outcome<ValueList<string>> StateBuckets(string root) =>
        File.Exists(Path.Combine(root, SignalboxFile.FileName)) ? DeclaredStateBuckets.In(root) : (ValueList<string>)[];
}
