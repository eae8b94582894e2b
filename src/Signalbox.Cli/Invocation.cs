using System.CommandLine;

namespace Signalbox.Cli;

/// <summary>What one start of the program was given by the world; commands take everything from here.</summary>
/// <param name="Folder">The folder the program was started in, absolute.</param>
/// <param name="Variables">The program's own environment variables.</param>
internal sealed record Invocation(
    Terminal Terminal,
    string Folder,
    IReadOnlyDictionary<string, string> Variables,
    TimeProvider Clock)
{
    /// <summary>`--json`, on every command that answers.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Answer as JSON on standard output", Recursive = true };
}
