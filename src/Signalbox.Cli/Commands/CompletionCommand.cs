using System.CommandLine;
using Signalbox.Cli.Help;

namespace Signalbox.Cli.Commands;

/// <summary>`signalbox completion SHELL`: the lines a shell reads to complete our words by asking us.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static Command Create(Invocation invocation)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong(Shells);

        var command = new Command("completion", "Print the script that completes commands and options in a shell.") { shell };
        command.SetAction(parsed =>
        {
            invocation.Terminal.Answer(EmbeddedText.Read($"completion.{parsed.GetRequiredValue(shell)}").TrimEnd());
            return ExitCode.Done;
        });
        return command.WithExamples(
            "source <(signalbox completion bash)",
            "signalbox completion zsh > ~/.zfunc/_signalbox",
            "signalbox completion fish > ~/.config/fish/completions/signalbox.fish");
    }
}
