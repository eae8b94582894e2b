using System.CommandLine;
using Signalbox.Cli.Signals;
using Signalbox.Diagnostics;

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

    public Interruption Interruption { get; init; } = Interruption.Never;

    /// <summary>
    /// Ends a command that could not do its work: says why to the person and, under `--json`, answers the program
    /// that reads standard output with the same problems.
    /// </summary>
    /// <returns>The exit code to return.</returns>
    public int Refuse(ParseResult parsed, IReadOnlyCollection<Diagnostic> problems)
    {
        Terminal.Report(problems);
        if (parsed.GetValue(Json))
        {
            Terminal.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("problems");
                DiagnosticJson.Write(writer, problems);
                writer.WriteEndObject();
            });
        }

        return ExitCode.Failed;
    }
}
