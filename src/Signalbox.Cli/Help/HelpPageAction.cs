using System.CommandLine;
using System.CommandLine.Invocation;

namespace Signalbox.Cli.Help;

/// <summary>Answers `--help` whatever else is on the line.</summary>
internal sealed class HelpPageAction(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        terminal.Output.Write(HelpPage.Render(parseResult.CommandResult.Command, terminal.Width()));
        return ExitCode.Done;
    }
}
