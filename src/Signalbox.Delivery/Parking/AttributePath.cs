using System.Text;
using System.Text.Json;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Parking;

/// <summary>The way to an attribute, as plans write it: `scaling_config[0].min_size`.</summary>
internal static class AttributePath
{
    /// <summary>The same way without the positions in lists: `scaling_config.min_size`.</summary>
    public static string WithoutIndexes(string path)
    {
        var shape = new StringBuilder(path.Length);
        var inside = false;
        foreach (var (at, letter) in path.Index())
        {
            if (letter == '[' && at + 1 < path.Length && char.IsAsciiDigit(path[at + 1]))
                inside = true;
            if (!inside)
                shape.Append(letter);
            if (letter == ']')
                inside = false;
        }

        return shape.ToString();
    }

    /// <summary>What stands there; absent when the way ends before.</summary>
    public static JsonElement Find(JsonElement values, string path)
    {
        foreach (var step in path.Split('.'))
        {
            var bracket = step.IndexOf('[');
            values = values.Member(bracket < 0 ? step : step[..bracket]);
            while (bracket >= 0)
            {
                var end = step.IndexOf(']', bracket);
                values = end > bracket && int.TryParse(step.AsSpan(bracket + 1, end - bracket - 1), out var index) ? values.Item(index) : default;
                bracket = end < 0 ? -1 : step.IndexOf('[', end);
            }
        }

        return values;
    }

    /// <summary>Every value that a way without indexes leads to.</summary>
    public static IEnumerable<JsonElement> FindAll(JsonElement values, string shape) =>
        shape.Split('.').Aggregate((IEnumerable<JsonElement>)[values], (found, name) => found.SelectMany(item => item.Items).Select(item => item.Member(name)).SelectMany(item => item.Items));
}
