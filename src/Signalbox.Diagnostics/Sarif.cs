using System.Text.Json;

namespace Signalbox.Diagnostics;

/// <summary>Writes diagnostics as SARIF 2.1.0, which code hosts and editors show at their lines.</summary>
public static class Sarif
{
    /// <param name="json">Where the one document goes.</param>
    /// <param name="diagnostics">The results, in order.</param>
    /// <param name="version">This program's version.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyCollection<Diagnostic> diagnostics, string version)
    {
        Rule[] rules = [.. diagnostics.Select(diagnostic => diagnostic.Rule).Distinct().OrderBy(rule => rule.Code, StringComparer.Ordinal)];

        json.WriteStartObject();
        json.WriteString("$schema"u8, "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version"u8, "2.1.0");
        json.WriteStartArray("runs"u8);
        json.WriteStartObject();
        json.WriteStartObject("tool"u8);
        json.WriteStartObject("driver"u8);
        json.WriteString("name"u8, "signalbox");
        json.WriteString("version"u8, version);
        json.WriteStartArray("rules"u8);
        foreach (var rule in rules)
            WriteRule(json, rule);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind"u8, "utf16CodeUnits");
        json.WriteStartArray("results"u8);
        foreach (var diagnostic in diagnostics)
            WriteResult(json, diagnostic, Array.FindIndex(rules, rule => rule.Code == diagnostic.Rule.Code));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, rule.Code);
        WriteText(json, "shortDescription", rule.Title);
        WriteText(json, "help", $"See {rule.Page}.");
        json.WriteStartObject("defaultConfiguration"u8);
        json.WriteString("level"u8, rule.Severity.Word());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Diagnostic diagnostic, int ruleIndex)
    {
        json.WriteStartObject();
        json.WriteString("ruleId"u8, diagnostic.Rule.Code);
        json.WriteNumber("ruleIndex"u8, ruleIndex);
        json.WriteString("level"u8, diagnostic.Rule.Severity.Word());
        WriteText(json, "message", diagnostic.Hint is { } hint ? $"{diagnostic.Message}\nhint: {hint}" : diagnostic.Message);
        if (diagnostic.Location is { } at)
            WriteLocations(json, at);
        json.WriteEndObject();
    }

    private static void WriteLocations(Utf8JsonWriter json, Location at)
    {
        var (line, column) = at.Start;
        var (endLine, endColumn) = at.End;
        json.WriteStartArray("locations"u8);
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation"u8);
        json.WriteStartObject("artifactLocation"u8);
        json.WriteString("uri"u8, UriOf(at.Source.Path));
        json.WriteEndObject();
        json.WriteStartObject("region"u8);
        json.WriteNumber("startLine"u8, line);
        json.WriteNumber("startColumn"u8, column);
        json.WriteNumber("endLine"u8, endLine);
        json.WriteNumber("endColumn"u8, endColumn);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string property, string text)
    {
        json.WriteStartObject(property);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    /// <summary>A relative path stays a relative reference, so that the reader resolves it against its own checkout.</summary>
    private static string UriOf(string path)
    {
        var escaped = string.Join('/', path.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
        return path.StartsWith('/') ? $"file://{escaped}" : escaped;
    }
}
