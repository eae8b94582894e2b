using Signalbox.Diagnostics;

namespace Signalbox.Cli;

/// <summary>The only door to the console. Standard output carries the answer, standard error the conversation.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive, bool usesColour)
{
    /// <summary>A person sits at both ends: standard error is a terminal and so is standard input.</summary>
    public bool IsInteractive { get; } = isInteractive;

    public bool UsesColour { get; } = usesColour;

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    public void Answer(string line) => Output.WriteLine(line);

    public void Say(string line) => Error.WriteLine(line);

    public void Report(IEnumerable<Diagnostic> problems)
    {
        foreach (var problem in problems)
            Error.Write(DiagnosticText.Render(problem));
    }

#pragma warning disable RS0030 // this is the one place that may
    public static Terminal OfThisProcess(IReadOnlyDictionary<string, string> variables)
    {
        var interactive = !Console.IsErrorRedirected && !Console.IsInputRedirected;
        var colour = !Console.IsErrorRedirected
            && !variables.ContainsKey("NO_COLOR")
            && variables.GetValueOrDefault("TERM") is not (null or "dumb");
        return new Terminal(Console.Out, Console.Error, interactive, colour);
    }
#pragma warning restore RS0030
}
