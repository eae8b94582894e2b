using System.Diagnostics;
using System.Text.Json;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard;

/// <summary>Findings as SARIF 2.1.0, which code-scanning services read. A resource is a logical location: a plan has no lines.</summary>
public static class GuardSarif
{
    public static void Write(Stream target, ValueList<Finding> findings)
    {
        var rules = findings.Select(finding => finding.Rule).Concat(PlanGuard.Rules)
            .DistinctBy(rule => rule.Code, StringComparer.Ordinal)
            .OrderBy(rule => rule.Code, StringComparer.Ordinal)
            .ToList();

        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, rules);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var finding in findings)
            WriteResult(json, finding, rules.FindIndex(rule => rule.Code == finding.Rule.Code));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, List<Rule> rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Signalbox guard");
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Code);
            WriteMessage(json, "shortDescription", rule.Title);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", rule.Severity switch
            {
                Severity.Error => "error",
                Severity.Warning => "warning",
                Severity.Note => "note",
                _ => throw new UnreachableException(),
            });
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding, int ruleIndex)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Code);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("level", Level(finding.Judgement));
        WriteMessage(json, "message", finding.Hint is { } hint ? $"{finding.Message}. Hint: {hint}." : $"{finding.Message}.");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("fullyQualifiedName", finding.Address);
        json.WriteString("kind", "resource");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("ruleAndAddress/v1", $"{finding.Rule.Code}:{finding.Address}");
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("judgement", finding.Judgement.Word());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Level(Judgement judgement) => judgement switch
    {
        Judgement.Deny => "error",
        Judgement.Hold => "warning",
        Judgement.Note => "note",
        _ => throw new UnreachableException(),
    };

    private static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
