using System.Text.Json;

namespace Signalbox.Delivery.Plans;

/// <summary>JSON that providers carry inside a string: policies, container definitions, secrets.</summary>
internal static class EmbeddedJson
{
    /// <summary>The object or array that a string holds, or null when it is any other string.</summary>
    public static JsonElement? Parse(string? text)
    {
        if (text is null || text.AsSpan().Trim() is not (['{', .., '}'] or ['[', .., ']']))
            return null;

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null; // it only looked like JSON
        }
    }
}
