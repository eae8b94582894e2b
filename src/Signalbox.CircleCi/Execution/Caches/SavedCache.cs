using System.Text.Json.Serialization;

namespace Signalbox.CircleCi.Execution.Caches;

/// <summary>One saved cache. Nothing changes it any more.</summary>
/// <param name="Key">The whole key.</param>
/// <param name="Paths">As the config names them.</param>
public sealed record SavedCache(string Key, DateTimeOffset SavedAt, long Bytes, string Job, IReadOnlyList<string> Paths)
{
    /// <summary>The folder's name in the store.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SavedCache))]
internal sealed partial class SavedCacheJson : JsonSerializerContext;
