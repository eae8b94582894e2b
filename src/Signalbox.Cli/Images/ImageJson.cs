using System.Text.Json;
using Signalbox.Delivery.Images;

namespace Signalbox.Cli.Images;

/// <summary>Images as programs read them.</summary>
internal static class ImageJson
{
    public static void Write(Utf8JsonWriter writer, FamilyImage image, Action<Utf8JsonWriter>? more = null)
    {
        writer.WriteStartObject();
        writer.WriteString("family", image.Family.Name);
        writer.WriteString("repository", image.Family.Repository);
        writer.WriteString("tag", image.Tag);
        writer.WriteString("digest", image.Image.Digest.Text);
        writer.WriteString("pushed_at", image.Image.PushedAt);
        if (image.Image.Size is { } size)
            writer.WriteNumber("size_in_bytes", size);
        more?.Invoke(writer);
        writer.WriteEndObject();
    }

    public static void WriteDescription(Utf8JsonWriter writer, ImageDescription? description)
    {
        if (description is null)
            return;
        WriteList(writer, "platforms", description.Platforms);
        if (description.Commit is { } commit)
            writer.WriteString("commit", commit);
        if (description.Source is { } source)
            writer.WriteString("source", source);
        writer.WriteBoolean("stand_in", description.IsStandIn);
    }

    public static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
