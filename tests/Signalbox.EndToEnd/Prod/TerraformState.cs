using System.Text.Json;

namespace Signalbox.EndToEnd.Prod;

/// <summary>Every attribute of every resource in a Terraform state (format version 4).</summary>
internal sealed class TerraformState
{
    private readonly Dictionary<string, Dictionary<string, string>> _resources = new(StringComparer.Ordinal);

    private TerraformState() { }

    public static TerraformState Parse(string json)
    {
        var state = new TerraformState();
        using var document = JsonDocument.Parse(json);
        foreach (var resource in document.RootElement.GetProperty("resources").EnumerateArray())
        {
            var module = resource.TryGetProperty("module", out var held) ? $"{held.GetString()}." : "";
            foreach (var instance in resource.GetProperty("instances").EnumerateArray())
            {
                var index = instance.TryGetProperty("index_key", out var key) ? $"[{key.GetRawText()}]" : "";
                var attributes = instance.GetProperty("attributes").EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => attribute.Value.GetRawText(), StringComparer.Ordinal);
                state._resources.Add($"{module}{resource.GetProperty("mode").GetString()}.{resource.GetProperty("type").GetString()}.{resource.GetProperty("name").GetString()}{index}", attributes);
            }
        }

        return state;
    }

    /// <summary>Each attribute that is not the same, as `address: attribute`; a resource on one side only as its address.</summary>
    public IEnumerable<string> DifferencesTo(TerraformState other)
    {
        foreach (var address in _resources.Keys.Union(other._resources.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!_resources.TryGetValue(address, out var mine) || !other._resources.TryGetValue(address, out var theirs))
            {
                yield return address;
                continue;
            }

            foreach (var name in mine.Keys.Union(theirs.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                if (mine.GetValueOrDefault(name) != theirs.GetValueOrDefault(name))
                    yield return $"{address}: {name}";
            }
        }
    }
}
