using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Signalbox.Sandbox.Emulator;

namespace Signalbox.Sandbox.Registry.Face;

/// <summary>The emulated account's own word on repositories and images.</summary>
internal sealed class EmulatedEcr(EmulatorRecord emulator)
{
    private const string Prefix = "AmazonEC2ContainerRegistry_V20150921";

    /// <summary>Null when it does not exist.</summary>
    public async Task<EcrRepository?> Repository(string name, CancellationToken cancellation)
    {
        using var answer = await Ask("DescribeRepositories", new EcrQuestion { RepositoryNames = [name] }, cancellation);
        if (!answer.IsSuccessStatusCode)
            return null;
        var said = await JsonSerializer.DeserializeAsync(await answer.Content.ReadAsStreamAsync(cancellation), EcrJson.Default.EcrRepositories, cancellation);
        return said?.Repositories.FirstOrDefault();
    }

    /// <summary>What a tag means now; null when it means nothing.</summary>
    public async Task<string?> Digest(string repository, string tag, CancellationToken cancellation) =>
        (await Images(repository, new EcrImageId { ImageTag = tag }, cancellation)).FirstOrDefault()?.ImageDigest;

    public async Task<bool> Has(string repository, string digest, CancellationToken cancellation) =>
        (await Images(repository, new EcrImageId { ImageDigest = digest }, cancellation)).Length > 0;

    public async Task<IEnumerable<string>> Tags(string repository, CancellationToken cancellation) =>
        (await Images(repository, image: null, cancellation)).SelectMany(image => image.ImageTags ?? []).Order(StringComparer.Ordinal);

    /// <summary>Writes a pushed image into the account. Null when it is there; else the exception that the account answered with.</summary>
    public async Task<string?> Put(EcrQuestion image, CancellationToken cancellation)
    {
        using var answer = await Ask("PutImage", image, cancellation);
        if (answer.IsSuccessStatusCode)
            return null;
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return text.Length > 0 ? text : $"HTTP {(int)answer.StatusCode}";
    }

    private async Task<EcrImageDetail[]> Images(string repository, EcrImageId? image, CancellationToken cancellation)
    {
        using var answer = await Ask("DescribeImages", new EcrQuestion { RepositoryName = repository, ImageIds = image is null ? null : [image] }, cancellation);
        if (!answer.IsSuccessStatusCode)
            return [];
        var said = await JsonSerializer.DeserializeAsync(await answer.Content.ReadAsStreamAsync(cancellation), EcrJson.Default.EcrImageDetails, cancellation);
        return said?.ImageDetails ?? [];
    }

    /// <remarks>Moto reads account, region and service from the signature and does not verify it.</remarks>
    private async Task<HttpResponseMessage> Ask(string operation, EcrQuestion question, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{emulator.Port}/"));
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(question, EcrJson.Default.EcrQuestion));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"{Prefix}.{operation}");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={FakeAccount.AccessKey}/20260101/{FakeAccount.Region}/ecr/aws4_request, SignedHeaders=host, Signature=0");
        return await Loopback.Client.SendAsync(request, cancellation);
    }
}

internal sealed record EcrQuestion
{
    public string? RepositoryName { get; init; }

    public string[]? RepositoryNames { get; init; }

    public EcrImageId[]? ImageIds { get; init; }

    public string? ImageTag { get; init; }

    public string? ImageDigest { get; init; }

    public string? ImageManifest { get; init; }

    public string? ImageManifestMediaType { get; init; }
}

internal sealed record EcrImageId
{
    public string? ImageTag { get; init; }

    public string? ImageDigest { get; init; }
}

internal sealed record EcrRepositories(EcrRepository[] Repositories);

internal sealed record EcrImageDetails(EcrImageDetail[] ImageDetails);

internal sealed record EcrImageDetail(string ImageDigest, string[]? ImageTags = null);

internal sealed record EcrExclusion(string Filter);

/// <param name="ImageTagMutability">Which tags may move; with an exclusion, the others are the ones that match a filter.</param>
internal sealed record EcrRepository(string RepositoryName, string ImageTagMutability, EcrExclusion[]? ImageTagMutabilityExclusionFilters = null)
{
    public bool HasExclusions => ImageTagMutabilityExclusionFilters is { Length: > 0 };

    public bool IsImmutable(string tag) =>
        ImageTagMutability.StartsWith("IMMUTABLE", StringComparison.Ordinal) != (ImageTagMutabilityExclusionFilters ?? []).Any(exclusion => Matches(exclusion.Filter, tag));

    /// <summary>A filter's only special letter is `*`.</summary>
    private static bool Matches(string filter, string tag) => Regex.IsMatch(
        tag, $@"^{Regex.Escape(filter).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EcrQuestion))]
[JsonSerializable(typeof(EcrRepositories))]
[JsonSerializable(typeof(EcrImageDetails))]
internal sealed partial class EcrJson : JsonSerializerContext;
