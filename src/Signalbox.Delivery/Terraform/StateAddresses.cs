using System.Text.Json;

namespace Signalbox.Delivery.Terraform;

/// <summary>The addresses of what a state (format version 4) holds, as Terraform writes them.</summary>
internal static class StateAddresses
{
    public static IReadOnlySet<string> In(ReadOnlyMemory<byte> state)
    {
        using var document = JsonDocument.Parse(state);
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        if (!document.RootElement.TryGetProperty("resources", out var resources))
            return addresses;
        foreach (var resource in resources.EnumerateArray())
        {
            var module = resource.TryGetProperty("module", out var inside) ? $"{inside.GetString()}." : "";
            var mode = resource.GetProperty("mode").GetString() == "data" ? "data." : "";
            var address = $"{module}{mode}{resource.GetProperty("type").GetString()}.{resource.GetProperty("name").GetString()}";
            foreach (var instance in resource.GetProperty("instances").EnumerateArray())
                addresses.Add(address + Index(instance));
        }

        return addresses;
    }

    private static string Index(JsonElement instance) =>
        !instance.TryGetProperty("index_key", out var key) ? ""
        : key.ValueKind == JsonValueKind.String ? $"[\"{key.GetString()!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]"
        : $"[{key.GetRawText()}]";
}
