using System.Text.Json;

namespace Signalbox.Delivery.Plans;

/// <summary>One leaf that a change touches.</summary>
/// <param name="Path">For people: `lifecycle_rule[0].enabled`, `policy.Statement[1].Action`.</param>
/// <param name="Name">The attribute's own name, the last one in the path.</param>
internal sealed record Difference(string Path, string Name, JsonElement Before, JsonElement After)
{
    /// <summary>Which parts of <see cref="After"/> are only known after the apply; `true` is all of it.</summary>
    public JsonElement Unknown { get; init; }

    public bool IsSensitive { get; init; }

    /// <summary>Both sides are the same JSON, written differently.</summary>
    public bool IsOnlyFormatting { get; init; }

    public bool ForcesReplacement { get; init; }
}
