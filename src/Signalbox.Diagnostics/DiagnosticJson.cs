using System.Text.Json;

namespace Signalbox.Diagnostics;

/// <summary>Renders a diagnostic for a program. Lines and columns count from one; a column is a UTF-16 unit.</summary>
public static class DiagnosticJson
{
    /// <summary>One object; the place is absent when the diagnostic has none.</summary>
    public static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, diagnostic.Rule.Code);
        json.WriteString("severity"u8, diagnostic.Rule.Severity.Word());
        json.WriteString("title"u8, diagnostic.Rule.Title);
        json.WriteString("message"u8, diagnostic.Message);
        if (diagnostic.Hint is { } hint)
            json.WriteString("hint"u8, hint);
        if (diagnostic.Location is { } at)
        {
            var (line, column) = at.Start;
            var (endLine, endColumn) = at.End;
            json.WriteString("path"u8, at.Source.Path);
            json.WriteNumber("line"u8, line);
            json.WriteNumber("column"u8, column);
            json.WriteNumber("endLine"u8, endLine);
            json.WriteNumber("endColumn"u8, endColumn);
        }

        json.WriteString("page"u8, diagnostic.Rule.Page);
        json.WriteEndObject();
    }

    /// <summary>An array, in the order given.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Diagnostic> diagnostics)
    {
        json.WriteStartArray();
        foreach (var diagnostic in diagnostics)
            Write(json, diagnostic);
        json.WriteEndArray();
    }
}
