using System.Text.Json;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>AWS's JSON, read tolerantly: what is absent is empty.</summary>
internal static class AccountJson
{
    extension(JsonElement element)
    {
        public string Text(string name) => element.Inside(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

        public int Number(string name) => element.Inside(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : 0;

        /// <summary>A moment that AWS gives as seconds since 1970.</summary>
        public DateTimeOffset? Moment(string name) => element.Inside(name) is { ValueKind: JsonValueKind.Number } number
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(number.GetDouble() * 1000))
            : null;

        public IEnumerable<JsonElement> List(string name) => element.Inside(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

        /// <summary>The value at the end of a path of names; an undefined one when a step is missing.</summary>
        public JsonElement Inside(params ReadOnlySpan<string> path)
        {
            var at = element;
            foreach (var name in path)
            {
                if (at.ValueKind is not JsonValueKind.Object || !at.TryGetProperty(name, out at))
                    return default;
            }

            return at;
        }
    }
}
