using System.Runtime.InteropServices;
using System.Text.Json;

namespace Signalbox.Delivery.Plans;

/// <summary>Reads foreign JSON without trusting its shape: what is missing or of another kind is absent.</summary>
internal static class JsonView
{
    extension(JsonElement element)
    {
        public bool IsAbsent => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

        public bool IsObject => element.ValueKind == JsonValueKind.Object;

        public bool IsArray => element.ValueKind == JsonValueKind.Array;

        public bool IsTrue => element.ValueKind == JsonValueKind.True;

        public string? Text => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

        public decimal? Number =>
            element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number) ? number
            : element.Text is { } text && decimal.TryParse(text, out var parsed) ? parsed
            : null;

        public JsonElement Member(string name) =>
            element.IsObject && element.TryGetProperty(name, out var member) ? member : default;

        public JsonElement Item(int index) =>
            element.IsArray && index >= 0 && index < element.GetArrayLength() ? element[index] : default;

        /// <summary>The items of an array; one value stands for a list of one, as policies have it.</summary>
        public IEnumerable<JsonElement> Items =>
            element.IsArray ? element.EnumerateArray() : element.IsAbsent ? [] : [element];

        public IEnumerable<string> Texts => element.Items.Select(item => item.Text).OfType<string>();

        /// <summary>Whether `true` stands anywhere in a mask (what is sensitive, what is unknown).</summary>
        public bool HoldsTrue => element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.Array => element.EnumerateArray().Any(item => item.HoldsTrue),
            JsonValueKind.Object => element.EnumerateObject().Any(member => member.Value.HoldsTrue),
            _ => false,
        };

        /// <summary>Written byte for byte alike: a cheap yes; a no says nothing.</summary>
        public bool IsWrittenAs(JsonElement other) =>
            element.ValueKind == other.ValueKind
            && (element.ValueKind == JsonValueKind.Undefined
                || JsonMarshal.GetRawUtf8Value(element).SequenceEqual(JsonMarshal.GetRawUtf8Value(other)));

        public bool SameAs(JsonElement other) =>
            element.IsAbsent ? other.IsAbsent : !other.IsAbsent && JsonElement.DeepEquals(element, other);
    }
}
