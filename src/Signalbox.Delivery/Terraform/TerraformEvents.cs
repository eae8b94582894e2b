using System.Text.Json;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Terraform;

/// <summary>Reads the lines of `terraform … -json`.</summary>
internal sealed class TerraformEvents(TerraformDiagnostics diagnostics)
{
    /// <returns>Null for what nobody here needs, such as reads of data sources.</returns>
    public TerraformEvent? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? EventIn(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TerraformEvent? EventIn(JsonElement line) => Text(line, "type") switch
    {
        "refresh_complete" => new TerraformEvent.Refreshed(Address(line, "hook")),
        "planned_change" => new TerraformEvent.Planned(Address(line, "change"), Text(line.GetProperty("change"), "action")),
        "apply_start" when Acts(line) => new TerraformEvent.Started(Address(line, "hook"), Action(line)),
        "apply_progress" when Acts(line) => new TerraformEvent.Progressing(Address(line, "hook"), Action(line), Elapsed(line)),
        "apply_complete" when Acts(line) => new TerraformEvent.Completed(Address(line, "hook"), Action(line), Elapsed(line), Identifier(line)),
        "apply_errored" => new TerraformEvent.Errored(Address(line, "hook"), Action(line), Elapsed(line)),
        "change_summary" => SummaryIn(line.GetProperty("changes")),
        "outputs" => new TerraformEvent.Outputs([.. line.GetProperty("outputs").EnumerateObject().Select(OutputIn)]),
        "diagnostic" => new TerraformEvent.Reported(diagnostics.From(line.GetProperty("diagnostic"))),
        "log" => new TerraformEvent.Logged(Text(line, "@message")),
        _ => null,
    };

    /// <summary>A data source that is read during an apply comes as an action too, and is none.</summary>
    private static bool Acts(JsonElement line) => Action(line) is not "read";

    private static string Action(JsonElement line) => Text(line.GetProperty("hook"), "action");

    private static string Address(JsonElement line, string holder) =>
        line.TryGetProperty(holder, out var held) && held.TryGetProperty("resource", out var resource) ? Text(resource, "addr") : "";

    private static TimeSpan Elapsed(JsonElement line) =>
        line.GetProperty("hook").TryGetProperty("elapsed_seconds", out var seconds) && seconds.TryGetDouble(out var value) ? TimeSpan.FromSeconds(value) : TimeSpan.Zero;

    private static string? Identifier(JsonElement line) =>
        line.GetProperty("hook").TryGetProperty("id_value", out var value) ? value.GetString() : null;

    private static TerraformEvent.Summary SummaryIn(JsonElement changes) =>
        new(Text(changes, "operation"), Number(changes, "add"), Number(changes, "change"), Number(changes, "remove"));

    private static OutputValue OutputIn(JsonProperty output)
    {
        var isSensitive = output.Value.TryGetProperty("sensitive", out var sensitive) && sensitive.ValueKind == JsonValueKind.True;
        var value = !isSensitive && output.Value.TryGetProperty("value", out var given) ? given.GetRawText() : null;
        return new OutputValue(output.Name, value, isSensitive);
    }

    private static int Number(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

    private static string Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
