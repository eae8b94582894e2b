using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Sandbox.Registry.Daemon;

namespace Signalbox.Cli.Commands;

/// <summary>`sandbox registry`: what `sandbox up` starts in the background. Hidden, because nobody needs to.</summary>
internal static class SandboxRegistryCommand
{
    public static Command Create(Invocation invocation)
    {
        var folder = new Option<string>("--folder") { Description = "The registry's folder inside the sandbox's, absolute", HelpName = "FOLDER", Required = true };
        var command = new Command("registry", "Keep the images of the sandbox's account, as ECR would. `signalbox sandbox up` starts it.")
        {
            folder,
        };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => Run(invocation, parsed.GetRequiredValue(folder), cancellation));
        return command.WithExamples(
            "signalbox sandbox up",
            "signalbox sandbox status",
            "signalbox sandbox registry --folder \"$PWD/.signalbox/sandbox/registry\"");
    }

    private static async Task<int> Run(Invocation invocation, string folder, CancellationToken cancellation) =>
        await new RegistryDaemon(folder, invocation.Variables, invocation.Clock).Run(invocation.Terminal.Answer, cancellation) ? ExitCode.Done : ExitCode.Failed;
}
