using System.CommandLine;
using Signalbox.Cli.Help;
using Signalbox.Sandbox.Edge.Daemon;

namespace Signalbox.Cli.Commands;

/// <summary>`sandbox edge`: what `sandbox up` starts in the background. Hidden, because nobody needs to.</summary>
internal static class SandboxEdgeCommand
{
    public static Command Create(Invocation invocation)
    {
        var folder = new Option<string>("--folder") { Description = "The edge's folder inside the sandbox's, absolute", HelpName = "FOLDER", Required = true };
        var command = new Command("edge", "Answer for the hostnames of the sandbox's account. `signalbox sandbox up` starts it.")
        {
            folder,
        };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => Run(invocation, parsed.GetRequiredValue(folder), cancellation));
        return command.WithExamples(
            "signalbox sandbox up",
            "signalbox sandbox status",
            "signalbox sandbox edge --folder \"$PWD/.signalbox/sandbox/edge\"");
    }

    private static async Task<int> Run(Invocation invocation, string folder, CancellationToken cancellation)
    {
        if (await EdgeDaemon.Of(folder, invocation.Clock).Run(invocation.Terminal.Answer, cancellation))
            return ExitCode.Done;
        invocation.Terminal.Say("another edge of this folder is alive");
        return ExitCode.Failed;
    }
}
