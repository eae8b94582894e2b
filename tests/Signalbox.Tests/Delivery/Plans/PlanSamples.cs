using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Signalbox.Delivery.Guard;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Plans;

/// <summary>Plans to read: files written by Terraform 1.11.4, and small ones made here in the same form.</summary>
internal static class PlanSamples
{
    public static async Task<PlanReading> Read(string json, GuardPolicy? policy = null)
    {
        var outcome = await TryRead(Encoding.UTF8.GetBytes(json), policy);
        Assert.True(outcome.Succeeded(out var reading, out var problems), problems?.ToString());
        return reading;
    }

    public static async Task<Outcome<PlanReading>> TryRead(byte[] json, GuardPolicy? policy = null)
    {
        using var stream = new MemoryStream(json);
        return await PlanReader.Read(stream, policy ?? new GuardPolicy(), TestContext.Current.CancellationToken);
    }

    public static string Sample(string name) => File.ReadAllText(Path.Combine(Folder(), "Samples", name));

    /// <summary>A plan of these changes; whatever else a plan has may be given as JSON members.</summary>
    public static string Plan(IEnumerable<string> changes, string members = "") => $$$"""
        {"format_version":"1.2","terraform_version":"1.11.4",{{{(members.Length == 0 ? "" : members + ",")}}}
         "resource_changes":[{{{string.Join(",\n", changes)}}}],"complete":true,"errored":false,"configuration":{"root_module":{}} }
        """;

    /// <summary>One element of `resource_changes`; the actions are given as `delete create`.</summary>
    public static string Change(
        string address,
        string actions,
        string before = "null",
        string after = "null",
        string unknown = "{}",
        string beforeMask = "{}",
        string afterMask = "{}",
        string members = "",
        string replacePaths = "[]")
    {
        var module = address.StartsWith("module.", StringComparison.Ordinal) ? string.Join('.', address.Split('.')[..2]) : "";
        var type = address.Split('.')[module.Length == 0 ? 0 : 2];
        var words = new JsonArray([.. actions.Split(' ').Select(word => (JsonNode)word)]);
        return $$$"""
            {"address":{{{JsonValue.Create(address)!.ToJsonString()}}},"mode":"managed","type":"{{{type}}}","name":"this",
             {{{(module.Length == 0 ? "" : $"\"module_address\":\"{module}\",")}}}{{{(members.Length == 0 ? "" : members + ",")}}}
             "change":{"actions":{{{words.ToJsonString()}}},"before":{{{before}}},"after":{{{after}}},"after_unknown":{{{unknown}}},
                       "before_sensitive":{{{beforeMask}}},"after_sensitive":{{{afterMask}}},"replace_paths":{{{replacePaths}}} } }
            """;
    }

    public static IEnumerable<string> Renderings(PlanReading reading)
    {
        yield return PlanSummaryText.Render(reading.Summary, reading.Findings);
        yield return PlanSummaryMarkdown.Render(reading.Summary, reading.Findings);
        yield return Encoding.UTF8.GetString(PlanSummaryJson.Write(reading.Summary, reading.Findings));
        yield return Sarif(reading.Findings);
    }

    public static string Sarif(ValueList<Finding> findings)
    {
        using var sarif = new MemoryStream();
        GuardSarif.Write(sarif, findings);
        return Encoding.UTF8.GetString(sarif.ToArray());
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
