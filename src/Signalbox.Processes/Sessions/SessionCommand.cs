using Signalbox.Diagnostics;

namespace Signalbox.Processes.Sessions;

/// <summary>A program that gets a session of its own, so that it and all its children can be ended together.</summary>
/// <param name="Program">Where the program lies, absolute: nothing is looked up.</param>
public sealed record SessionCommand(string Program, ValueList<string> Arguments)
{
    public required string Folder { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the program reads as its standard input; nothing by default.</summary>
    public string InputFile { get; init; } = "/dev/null";

    /// <summary>Standard error goes where standard output goes, in the order it was written; else it goes nowhere.</summary>
    public bool MergesErrors { get; init; } = true;
}
