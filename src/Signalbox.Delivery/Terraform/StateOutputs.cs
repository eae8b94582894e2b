using System.Text.Json;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Terraform;

/// <summary>Reads an output from a state file (format version 4) without starting Terraform.</summary>
public static class StateOutputs
{
    private static readonly Rule NoState = new("SB3306", Severity.Error, "The Terraform state is not understood");

    /// <returns>The flag; false when there is no such output or it is not a boolean.</returns>
    public static Outcome<bool> Flag(ReadOnlyMemory<byte> state, string output)
    {
        try
        {
            using var document = JsonDocument.Parse(state);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("outputs", out var outputs) && outputs.ValueKind == JsonValueKind.Object
                && outputs.TryGetProperty(output, out var entry) && entry.ValueKind == JsonValueKind.Object
                && entry.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.True;
        }
        catch (JsonException wrong)
        {
            return NoState.Without($"the Terraform state is not JSON: {wrong.Message}", "look at it with `terraform state pull`; earlier versions lie in its bucket");
        }
    }
}
