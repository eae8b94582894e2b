using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signalbox.Processes;
using Xunit;
using static Signalbox.Tests.Sandbox.TemporaryRepository;

namespace Signalbox.Tests.Sandbox;

/// <summary>A sandbox with the real docker-registry and the real emulator, and a client of both; each test makes a repository of its own.</summary>
public sealed class SandboxedRegistry : IAsyncLifetime
{
    private readonly TemporaryRepository _repository = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private Uri? _address;
    private Uri? _endpoint;
    private string _key = "";
    private int _made;

    private string Folder => Path.Combine(_repository.StateFolder, "registry");

    public async ValueTask InitializeAsync()
    {
        if (ProgramSearch.Find("docker-registry", _repository.Variables) is null)
            Assert.Skip("docker-registry is not installed");
        await Up();
    }

    /// <summary>Starts what does not live.</summary>
    public async Task Up()
    {
        var sandbox = await _repository.Up();
        _endpoint = sandbox.Endpoint;
        _address = Value(sandbox.Registry).Address;
        using var record = JsonDocument.Parse(await File.ReadAllTextAsync(_repository.RecordFile, Cancellation));
        _key = record.RootElement.GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _repository.DisposeAsync();
    }

    /// <summary>One of the registry's processes: `process` is the face, `store` the docker-registry behind it.</summary>
    public async Task<ProcessIdentity> Process(string which)
    {
        using var record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "registry.json"), Cancellation));
        return (await ProcessIdentity.Of(record.RootElement.GetProperty(which).GetInt32(), Cancellation))!;
    }

    /// <summary>The bytes of layers of a repository that have not arrived whole.</summary>
    public long BytesUnderWay(string repository)
    {
        var folder = new DirectoryInfo(Path.Combine(Folder, "store", "docker", "registry", "v2", "repositories", repository, "_uploads"));
        return folder.Exists ? folder.EnumerateFiles("data", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
    }

    /// <summary>As the emulated GetAuthorizationToken makes it.</summary>
    public string Password(DateTimeOffset? expires = null)
    {
        var seconds = (expires ?? TimeProvider.System.GetUtcNow().AddHours(1)).ToUnixTimeSeconds();
        return $"{seconds}.{Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_key), Encoding.UTF8.GetBytes($"registry {seconds}")))}";
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? password, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_address!, path)) { Content = content };
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        if (password is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"AWS:{password}")));
        return await _client.SendAsync(request, Cancellation);
    }

    public async Task<string> MakeRepository(string mutability, string? filter = null)
    {
        var name = $"data-{Interlocked.Increment(ref _made)}";
        var filters = filter is null ? "" : $$""","imageTagMutabilityExclusionFilters":[{"filterType":"WILDCARD","filter":"{{filter}}"}]""";
        await Ask("CreateRepository", $$"""{"repositoryName":"{{name}}","imageTagMutability":"{{mutability}}"{{filters}}}""");
        return name;
    }

    public async Task<JsonElement[]> Described(string repository)
    {
        var said = await Ask("DescribeImages", $$"""{"repositoryName":"{{repository}}"}""");
        return [.. said.GetProperty("imageDetails").EnumerateArray()];
    }

    public async Task<(string Digest, int Size)> PutBlob(string repository, byte[] content)
    {
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
        using var begun = await Send(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/", Password());
        var place = begun.Headers.Location!.ToString();
        using var body = new ByteArrayContent(content);
        using var put = await Send(HttpMethod.Put, $"{place}{(place.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={digest}", Password(), body);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        return (digest, content.Length);
    }

    public async Task<HttpResponseMessage> PutManifest(string repository, string tag, (string Digest, int Size) layer, string? password = null)
    {
        const string Type = "application/vnd.oci.image.manifest.v1+json";
        var config = await PutBlob(repository, """{"os":"linux","architecture":"amd64"}"""u8.ToArray());
        var manifest = $$"""
            {"schemaVersion":2,"mediaType":"{{Type}}","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{config.Digest}}","size":{{config.Size}}},
            "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{layer.Digest}}","size":{{layer.Size}}}]}
            """;
        using var body = new StringContent(manifest, Encoding.UTF8);
        body.Headers.ContentType = new MediaTypeHeaderValue(Type);
        return await Send(HttpMethod.Put, $"/v2/{repository}/manifests/{tag}", password ?? Password(), body);
    }

    private async Task<JsonElement> Ask(string operation, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new StringContent(json, Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", $"AmazonEC2ContainerRegistry_V20150921.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=SIGNALBOXSANDBOXONLY/20260101/eu-west-2/ecr/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await _client.SendAsync(request, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }
}
