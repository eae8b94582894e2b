namespace Signalbox.Cli;

/// <summary>What the ends of the program's streams and the usual variables say about how it may write.</summary>
internal sealed record TerminalTraits(bool IsInteractive, bool UsesColour, bool Redraws)
{
    /// <remarks>
    /// `NO_COLOR` (no-color.org) wins over `CLICOLOR_FORCE` (bixense.com/clicolors), and both over what is seen.
    /// Colour needs both streams on a terminal, so that nobody finds escape codes in half of what they saved.
    /// </remarks>
    public static TerminalTraits Of(
        IReadOnlyDictionary<string, string> variables, bool inputIsTerminal, bool outputIsTerminal, bool errorIsTerminal)
    {
        var isDumb = variables.GetValueOrDefault("TERM") is null or "" or "dumb";
        var isForced = variables.GetValueOrDefault("CLICOLOR_FORCE") is not (null or "" or "0");
        var isForbidden = variables.GetValueOrDefault("NO_COLOR") is not (null or "");
        return new TerminalTraits(
            IsInteractive: inputIsTerminal && errorIsTerminal,
            UsesColour: !isForbidden && (isForced || (!isDumb && outputIsTerminal && errorIsTerminal)),
            Redraws: errorIsTerminal && !isDumb);
    }
}
