using System.Text.Json;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>Collects every value that a plan marks as sensitive, so that it can be kept out of whatever is shown later.</summary>
internal sealed class SensitiveValues
{
    /// <summary>Shorter values are words such as `dev`: hiding each occurrence would hide everything and protect nothing.</summary>
    private const int ShortestSecret = 4;

    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    public ValueList<string> ToList() => [.. _values.Order(StringComparer.Ordinal)];

    public void AddFrom(ResourceChange change)
    {
        Add(change.Before, change.BeforeMask);
        Add(change.After, change.AfterMask);
    }

    /// <summary>Adds what lies under each `true` of the mask.</summary>
    public void Add(JsonElement value, JsonElement mask)
    {
        if (value.IsAbsent)
            return;
        if (mask.IsTrue)
        {
            AddAll(value, "");
        }
        else if (mask.IsObject)
        {
            foreach (var member in mask.EnumerateObject())
                AddMember(value.Member(member.Name), member);
        }
        else if (mask.IsArray)
        {
            foreach (var (index, item) in mask.EnumerateArray().Index())
                Add(value.Item(index), item);
        }
    }

    public void AddAll(JsonElement value) => AddAll(value, "");

    private void AddMember(JsonElement value, JsonProperty mask)
    {
        if (mask.Value.IsTrue)
            AddAll(value, mask.Name);
        else
            Add(value, mask.Value);
    }

    private void AddAll(JsonElement value, string name)
    {
        if (value.IsObject)
        {
            foreach (var member in value.EnumerateObject())
                AddAll(member.Value, member.Name);
        }
        else if (value.IsArray)
        {
            foreach (var item in value.EnumerateArray())
                AddAll(item, name);
        }
        else if (value.Text is { Length: >= ShortestSecret } text && text is not ("true" or "false" or "null"))
        {
            _values.Add(text);
            AddEmbedded(text, name);
        }
    }

    /// <summary>
    /// A secret is often a JSON object of secrets. Container definitions are not: one sensitive variable makes the whole
    /// text sensitive, and its other words (`awslogs`, the region) must stay readable elsewhere.
    /// </summary>
    private void AddEmbedded(string text, string name)
    {
        if (EmbeddedJson.Parse(text) is not { } json)
            return;
        if (name is not ("container_definitions" or "container_properties"))
        {
            AddAll(json, "");
        }
        else
        {
            foreach (var variable in json.Items.SelectMany(container => container.Member("environment").Items))
                AddAll(variable.Member("value"), "");
        }
    }
}
