using System.CommandLine;
using System.CommandLine.Parsing;
using Signalbox.Cli.Help;
using Signalbox.Diagnostics;

namespace Signalbox.Cli;

/// <summary>Says what is wrong with a command line, with the nearest name for a typo, and where to read on.</summary>
internal static class BadArguments
{
    public static void Explain(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        var name = command.FullName();
        foreach (var word in parsed.UnmatchedTokens)
            terminal.Say(Unknown(word, command, name));
        foreach (var error in parsed.Errors)
        {
            // Of a command itself, an unknown word is all there is to say; its other complaints only follow from it.
            if (parsed.UnmatchedTokens.Count == 0 || error.SymbolResult is not CommandResult)
                terminal.Say($"error: {Sentence(error.Message)}");
        }

        terminal.Say($"hint: run `{name} --help`");
    }

    private static string Unknown(string word, Command command, string name)
    {
        var isOption = word.StartsWith('-');
        var known = isOption
            ? command.AllOptions().SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.Select(subcommand => subcommand.Name);
        var nearest = NearestName.Of(word, known) is { } found ? $"; did you mean `{found}`?" : "";
        var kind = isOption ? "an option" : command.Subcommands.Count > 0 ? "a command" : "an argument";
        return $"error: {Culprit.Quote(word)} is not {kind} of `{name}`{nearest}";
    }

    /// <summary>The library writes `Option 'x' is wrong.`; we write option `x` is wrong.</summary>
    private static string Sentence(string message)
    {
        var text = string.Join(' ', message.Split((char[])['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
        text = text.TrimEnd('.').Replace('\'', '`').Replace(". Must be one of: ", "; it must be one of ", StringComparison.Ordinal);
        return char.ToLowerInvariant(text[0]) + text[1..];
    }
}
