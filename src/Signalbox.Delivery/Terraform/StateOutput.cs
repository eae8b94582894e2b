using System.Text.Json;

namespace Signalbox.Delivery.Terraform;

/// <summary>One output in the answer of `terraform output -json`.</summary>
internal static class StateOutput
{
    /// <returns>Its value as JSON text; null when it is not there, is sensitive, or the answer is no JSON.</returns>
    public static async Task<string?> In(Stream answer, string name, CancellationToken cancellation)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(answer, cancellationToken: cancellation);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var output)
                && !(output.TryGetProperty("sensitive", out var sensitive) && sensitive.ValueKind == JsonValueKind.True)
                && output.TryGetProperty("value", out var value)
                ? value.GetRawText()
                : null;
        }
        catch (JsonException)
        {
            return null; // Terraform said why it failed on the other stream
        }
    }
}
