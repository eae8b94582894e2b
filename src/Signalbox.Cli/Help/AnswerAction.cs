using System.CommandLine;
using System.CommandLine.Invocation;

namespace Signalbox.Cli.Help;

/// <summary>Answers an option such as `--version` with a text and does nothing else.</summary>
internal sealed class AnswerAction(Terminal terminal, Func<string> text) : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        terminal.Answer(text().TrimEnd());
        return ExitCode.Done;
    }
}
