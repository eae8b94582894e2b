using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;
using static Signalbox.Tests.Sandbox.TemporaryRepository;

namespace Signalbox.Tests.Sandbox;

/// <summary>A registry that dies in the middle of a layer: the push fails, nothing of it is visible, and it can be made again.</summary>
public sealed class RegistryDeathTests(SandboxedRegistry registry) : IClassFixture<SandboxedRegistry>
{
    private const int Half = 4 * 1024 * 1024;

    [Theory]
    [InlineData("store")]
    [InlineData("process")]
    public async Task A_registry_killed_in_the_middle_of_a_layer_fails_the_push_and_shows_nothing_of_it(string which)
    {
        var repository = await registry.MakeRepository("IMMUTABLE");
        using var before = await registry.PutManifest(repository, "v1", await registry.PutBlob(repository, "old"u8.ToArray()));
        var layer = RandomNumberGenerator.GetBytes(2 * Half);
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(layer))}";

        var arrived = await PushWhole(repository, layer, digest, async () =>
        {
            var process = await registry.Process(which);
            process.Kill();
            while (await process.IsAlive(Cancellation))
                await Task.Yield();
        });
        await registry.Up();

        Assert.False(arrived);
        Assert.Equal("v1", await Tags(repository));
        Assert.Single(await registry.Described(repository));
        using var blob = await registry.Send(HttpMethod.Head, $"/v2/{repository}/blobs/{digest}", registry.Password());
        Assert.Equal(HttpStatusCode.NotFound, blob.StatusCode);
        using var early = await registry.PutManifest(repository, "v2", (digest, layer.Length));
        Assert.False(early.IsSuccessStatusCode);
        Assert.Equal("v1", await Tags(repository));

        Assert.True(await PushWhole(repository, layer, digest, static () => Task.CompletedTask));
        using var again = await registry.PutManifest(repository, "v2", (digest, layer.Length));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal("v1 v2", await Tags(repository));
    }

    /// <param name="midway">Happens when the first half lies in the store.</param>
    private async Task<bool> PushWhole(string repository, byte[] layer, string digest, Func<Task> midway)
    {
        using var begun = await registry.Send(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/", registry.Password());
        var place = begun.Headers.Location!.ToString();
        var underWay = registry.BytesUnderWay(repository);
        using var body = new TwoHalves(layer, async () =>
        {
            while (registry.BytesUnderWay(repository) == underWay)
                await Task.Yield();
            await midway();
        });
        try
        {
            using var answer = await registry.Send(HttpMethod.Put, $"{place}{(place.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={digest}", registry.Password(), body);
            Assert.True(answer.StatusCode is HttpStatusCode.Created or >= HttpStatusCode.InternalServerError, $"{answer.StatusCode}");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<string> Tags(string repository)
    {
        using var answer = await registry.Send(HttpMethod.Get, $"/v2/{repository}/tags/list", registry.Password());
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return string.Join(' ', document.RootElement.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
    }

    /// <summary>Sends half of the bytes, lets something happen, and sends the rest.</summary>
    private sealed class TwoHalves(byte[] content, Func<Task> between) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(content.AsMemory(0, Half), Cancellation);
            await stream.FlushAsync(Cancellation);
            await between();
            await stream.WriteAsync(content.AsMemory(Half), Cancellation);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }
}
