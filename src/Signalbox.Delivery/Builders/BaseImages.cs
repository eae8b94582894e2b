using System.Text.RegularExpressions;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Builders;

/// <summary>The images that a Dockerfile is built from, with the arguments before its first `FROM` filled in.</summary>
internal static partial class BaseImages
{
    public static ValueList<string> Of(string dockerfile, IEnumerable<KeyValuePair<string, string>> given)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var stages = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "scratch" };
        var images = new List<string>();
        var arguments = given.ToDictionary(StringComparer.Ordinal);
        foreach (Match line in Instruction.Matches(dockerfile))
        {
            if (line.Groups["arg"].Success && images.Count == 0)
            {
                var name = line.Groups["arg"].Value;
                values[name] = arguments.GetValueOrDefault(name) ?? line.Groups["default"].Value.Trim('"', '\'');
            }
            else if (line.Groups["image"].Success)
            {
                var image = Variable.Replace(line.Groups["image"].Value, match => values.GetValueOrDefault(match.Groups["name"].Value, ""));
                if (image.Length > 0 && !stages.Contains(image))
                    images.Add(image);
                if (line.Groups["stage"].Success)
                    stages.Add(line.Groups["stage"].Value);
            }
        }

        return [.. images.Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"^[ \t]*(ARG[ \t]+(?<arg>\w+)(=(?<default>\S*))?|FROM[ \t]+(--\S+[ \t]+)*(?<image>\S+)([ \t]+AS[ \t]+(?<stage>\S+))?)[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instruction { get; }

    [GeneratedRegex(@"\$\{(?<name>\w+)\}|\$(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable { get; }
}
