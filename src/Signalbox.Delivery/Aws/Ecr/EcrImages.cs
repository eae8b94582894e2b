using System.Text.Json;
using Signalbox.Delivery.Images;

namespace Signalbox.Delivery.Aws.Ecr;

/// <summary>Reads the images of a DescribeImages answer.</summary>
internal static class EcrImages
{
    public static IEnumerable<PublishedImage> In(JsonElement root)
    {
        if (!root.TryGetProperty("imageDetails", out var details) || details.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var detail in details.EnumerateArray())
        {
            if (ImageDigest.Parse(Text(detail, "imageDigest")) is { } digest)
                yield return new PublishedImage(digest, [.. Tags(detail)], Time(detail, "imagePushedAt"), Size(detail));
        }
    }

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>JSON 1.1 gives a time as seconds since 1970, with or without a fraction.</summary>
    public static DateTimeOffset Time(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? DateTimeOffset.UnixEpoch.AddSeconds(value.GetDouble())
            : DateTimeOffset.UnixEpoch;

    private static IEnumerable<string> Tags(JsonElement detail) =>
        detail.TryGetProperty("imageTags", out var tags) && tags.ValueKind == JsonValueKind.Array
            ? tags.EnumerateArray().Select(tag => tag.GetString()).OfType<string>()
            : [];

    private static long? Size(JsonElement detail) =>
        detail.TryGetProperty("imageSizeInBytes", out var size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var bytes) ? bytes : null;
}
