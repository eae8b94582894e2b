using System.CommandLine;

namespace Signalbox.Cli.Commands;

/// <summary>Keeps a command's examples in its help text.</summary>
internal static class SandboxExamples
{
    extension(Command command)
    {
        public Command WithExamples(params ReadOnlySpan<string> lines)
        {
            command.Description += $"\n\nExamples:\n  {string.Join("\n  ", lines)}";
            return command;
        }
    }
}
