using System.Text.Json.Serialization;

namespace Signalbox.CircleCi.Execution.Caches;

/// <summary>One saved cache. Nothing changes it any more.</summary>
/// <param name="Key">The whole key.</param>
/// <param name="Paths">As the config names them.</param>
public sealed record SavedCache(string Key, DateTimeOffset SavedAt, long Bytes, string Job, IReadOnlyList<string> Paths)
{
    /// <summary>From then on it is not found; null when only `cache prune` ends it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The folder's name in the store.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SavedCache))]
internal sealed partial class SavedCacheJson : JsonSerializerContext;
