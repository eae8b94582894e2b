using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.CircleCi.Execution.Jobs;

namespace Signalbox.CircleCi.Execution.Workspaces;

/// <summary>
/// What is known of a layer besides its files: whose layers its job could attach. Two layers are in order when one's job
/// is among the other's; else they are concurrent. It lies beside the archive, so that it lives exactly as long.
/// </summary>
internal sealed record LayerRecord(string Job, int NodeIndex, IReadOnlyList<string> Upstream)
{
    public static LayerRecord Of(JobAssignment assignment) =>
        new(assignment.Job, assignment.NodeIndex, [.. assignment.Upstream.Select(layer => layer.Job).Distinct(StringComparer.Ordinal)]);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, LayerRecordJson.Default.LayerRecord);

    public static async Task<LayerRecord> Read(WorkspaceLayer layer, CancellationToken cancellation)
    {
        var file = FileOf(layer.File);
        if (!File.Exists(file))
            return new LayerRecord(layer.Job, layer.NodeIndex, []);
        return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellation), LayerRecordJson.Default.LayerRecord)
            ?? new LayerRecord(layer.Job, layer.NodeIndex, []);
    }

    public static string FileOf(string archive) => Path.ChangeExtension(archive, ".json");

    public bool IsConcurrentWith(LayerRecord other) =>
        Job == other.Job ? NodeIndex != other.NodeIndex : !Upstream.Contains(other.Job, StringComparer.Ordinal) && !other.Upstream.Contains(Job, StringComparer.Ordinal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LayerRecord))]
internal sealed partial class LayerRecordJson : JsonSerializerContext;
