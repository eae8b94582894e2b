using System.Text.Json;
using Signalbox.Diagnostics;

namespace Signalbox.Cli;

/// <summary>Diagnostics as `--json` answers them: `{"problems": [{code, severity, message, …}]}`.</summary>
internal static class DiagnosticJson
{
    public static void Write(Utf8JsonWriter writer, IEnumerable<Diagnostic> problems)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("problems");
        foreach (var problem in problems)
            Write(writer, problem);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Diagnostic problem)
    {
        writer.WriteStartObject();
        writer.WriteString("code", problem.Rule.Code);
        writer.WriteString("severity", Word(problem.Rule.Severity));
        writer.WriteString("message", problem.Message);
        if (problem.Hint is { } hint)
            writer.WriteString("hint", hint);
        if (problem.Location is { } at)
        {
            var (line, column) = at.Source.PositionOf(at.Span.Start);
            writer.WriteString("path", at.Source.Path);
            writer.WriteNumber("line", line);
            writer.WriteNumber("column", column);
        }

        writer.WriteEndObject();
    }

    private static string Word(Severity severity) => severity switch
    {
        Severity.Note => "note",
        Severity.Warning => "warning",
        _ => "error",
    };
}
