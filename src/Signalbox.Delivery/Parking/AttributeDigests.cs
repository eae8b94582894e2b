using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Parking;

/// <summary>
/// What a removed resource was, kept so that its return can be compared without keeping its values: a digest of each
/// attribute that was set. Unset comes in many spellings (null, empty text, no items, zero, false), which are all one.
/// </summary>
internal static class AttributeDigests
{
    private const int DigestLetters = 16;

    public static SortedDictionary<string, string> Of(JsonElement values, JsonElement sensitive)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!values.IsObject || sensitive.IsTrue)
            return digests;
        foreach (var attribute in values.EnumerateObject())
        {
            if (!IsUnset(attribute.Value) && !sensitive.Member(attribute.Name).HoldsTrue)
                digests[attribute.Name] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(attribute.Value))))[..DigestLetters];
        }

        return digests;
    }

    /// <summary>The attributes that the plan sets otherwise than they were; what is only known after the apply is not one.</summary>
    public static IEnumerable<string> DifferencesTo(IReadOnlyDictionary<string, string> remembered, ResourceChange created)
    {
        var now = Of(created.After, created.AfterMask);
        foreach (var (name, digest) in now)
        {
            if (!created.Unknown.Member(name).HoldsTrue && remembered.GetValueOrDefault(name) != digest)
                yield return name;
        }
    }

    /// <summary>Written one way, whatever the order of members; the order of items is the plan's own.</summary>
    private static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Where(member => !IsUnset(member.Value)).OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}:{Canonical(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Canonical))}]",
        _ => value.GetRawText(),
    };

    private static bool IsUnset(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Number => value.Number == 0,
        JsonValueKind.Array => value.EnumerateArray().All(IsUnset),
        JsonValueKind.Object => value.EnumerateObject().All(member => IsUnset(member.Value)),
        _ => false,
    };

    /// <summary>Two values that mean the same to a provider.</summary>
    public static bool AreSame(JsonElement one, JsonElement other) =>
        (IsUnset(one) && IsUnset(other)) || (!IsUnset(one) && !IsUnset(other) && Canonical(one) == Canonical(other));
}
