using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Signalbox.Delivery.Aws;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Oci;

/// <summary>One repository of a registry that speaks the OCI distribution protocol; read only.</summary>
internal sealed class OciRepository(RegistryLogin login, string repository)
{
    private static readonly Rule Unreadable = new("SB2034", Severity.Error, "An image cannot be read from the registry");

    /// <summary>An index lists few images and a configuration few labels: whatever is larger is not what we asked for.</summary>
    private const int LargestDocument = 4 * 1024 * 1024;

    private static readonly string[] Manifests =
    [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    public async Task<Outcome<ImageDescription>> Describe(ImageDigest digest, CancellationToken cancellation)
    {
        try
        {
            using var manifest = await Get($"manifests/{digest}", Manifests, cancellation);
            if (!manifest.RootElement.TryGetProperty("manifests", out var index))
                return await DescribeOne(manifest.RootElement, cancellation);

            var platforms = new List<string>();
            IReadOnlyDictionary<string, string>? labels = null;
            foreach (var entry in index.EnumerateArray())
            {
                if (PlatformOf(entry.GetProperty("platform")) is not { } platform)
                    continue;
                platforms.Add(platform);
                if (labels is not null)
                    continue;
                using var first = await Get($"manifests/{entry.GetProperty("digest").GetString()}", Manifests, cancellation);
                labels = (await DescribeOne(first.RootElement, cancellation)).Labels;
            }

            return new ImageDescription([.. platforms], labels ?? new Dictionary<string, string>(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            return Unreadable.Without($"`{repository}@{digest.Abbreviated}…` cannot be read from the registry at {login.Authority}: {e.Message}", "run the command again; if it stays, push the image again under a new tag");
        }
    }

    private async Task<ImageDescription> DescribeOne(JsonElement manifest, CancellationToken cancellation)
    {
        using var configuration = await Get($"blobs/{manifest.GetProperty("config").GetProperty("digest").GetString()}", [], cancellation);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (configuration.RootElement.TryGetProperty("config", out var config) && config.TryGetProperty("Labels", out var written) && written.ValueKind == JsonValueKind.Object)
        {
            foreach (var label in written.EnumerateObject())
                labels[label.Name] = label.Value.GetString() ?? "";
        }

        return new ImageDescription(PlatformOf(configuration.RootElement) is { } platform ? [platform] : [], labels);
    }

    /// <summary>Attestations that lie beside images in an index call themselves `unknown`.</summary>
    private static string? PlatformOf(JsonElement element)
    {
        var (system, architecture) = (Word("os"), Word("architecture"));
        return system is null or "unknown" || architecture is null or "unknown" ? null : $"{system}/{architecture}";

        string? Word(string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private async Task<JsonDocument> Get(string path, string[] accepted, CancellationToken cancellation)
    {
        var address = new Uri(login.Address, $"/v2/{repository}/{path}");
        using var answer = await Ask(address, accepted, isOurs: true, cancellation);

        // ECR keeps blobs in S3 and says where; our password is none of S3's business.
        if (answer.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.Redirect && answer.Headers.Location is { } elsewhere)
        {
            using var moved = await Ask(new Uri(address, elsewhere), accepted, isOurs: false, cancellation);
            return await Read(moved, cancellation);
        }

        return await Read(answer, cancellation);
    }

    private async Task<HttpResponseMessage> Ask(Uri address, string[] accepted, bool isOurs, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var type in accepted)
            request.Headers.Accept.ParseAdd(type);
        if (isOurs)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}")));
        return await HttpDoor.For(address).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private static async Task<JsonDocument> Read(HttpResponseMessage answer, CancellationToken cancellation)
    {
        answer.EnsureSuccessStatusCode();
        await answer.Content.LoadIntoBufferAsync(LargestDocument, cancellation);
        return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellation), default, cancellation);
    }
}
