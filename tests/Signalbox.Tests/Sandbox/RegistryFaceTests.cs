using System.Net;
using System.Text.Json;
using Xunit;
using static Signalbox.Tests.Sandbox.TemporaryRepository;

namespace Signalbox.Tests.Sandbox;

/// <summary>The sandbox's registry as a client meets it: the real docker-registry, the real emulator, plain HTTP.</summary>
public sealed class RegistryFaceTests(SandboxedRegistry registry) : IClassFixture<SandboxedRegistry>
{
    [Fact]
    public async Task Without_credentials_it_asks_for_them_and_with_wrong_ones_it_refuses()
    {
        using var nobody = await registry.Send(HttpMethod.Get, "/v2/", password: null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.StartsWith("Basic", nobody.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        using var wrong = await registry.Send(HttpMethod.Get, "/v2/", "1999999999.ffff");
        Assert.Equal("DENIED", await Code(wrong));
    }

    [Fact]
    public async Task An_expired_token_is_refused_in_the_middle_of_a_push_and_nothing_is_visible()
    {
        var repository = await registry.MakeRepository("IMMUTABLE");
        var layer = await registry.PutBlob(repository, "layer"u8.ToArray());

        using var refused = await registry.PutManifest(repository, "v1.0.0", layer, registry.Password(TimeProvider.System.GetUtcNow().AddMinutes(-1)));

        Assert.Equal("Your authorization token has expired. Reauthenticate and try again.", await Message(refused));
        Assert.Empty(await registry.Described(repository));
    }

    [Fact]
    public async Task A_repository_that_the_account_does_not_have_takes_nothing()
    {
        using var answer = await registry.Send(HttpMethod.Post, "/v2/nowhere/blobs/uploads/", registry.Password());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("The repository with name 'nowhere' does not exist in the registry with id '123456789012'", await Message(answer));
    }

    [Fact]
    public async Task A_push_is_in_the_account_with_its_digest_and_size()
    {
        var repository = await registry.MakeRepository("IMMUTABLE");
        var layer = await registry.PutBlob(repository, new byte[100_000]);
        using var pushed = await registry.PutManifest(repository, "v1.0.0", layer);

        var image = Assert.Single(await registry.Described(repository));
        Assert.Equal(pushed.Headers.GetValues("Docker-Content-Digest").Single(), image.GetProperty("imageDigest").GetString());
        Assert.Equal("v1.0.0", Assert.Single(image.GetProperty("imageTags").EnumerateArray()).GetString());
        Assert.True(image.GetProperty("imageSizeInBytes").GetInt64() >= 100_000);

        using var read = await registry.Send(HttpMethod.Get, $"/v2/{repository}/manifests/v1.0.0", registry.Password());
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var tags = await registry.Send(HttpMethod.Get, $"/v2/{repository}/tags/list", registry.Password());
        Assert.Contains("\"v1.0.0\"", await tags.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IMMUTABLE", null, "v1", "cannot be overwritten because the repository is immutable.")]
    [InlineData("IMMUTABLE_WITH_EXCLUSION", "dev-*", "v1", "cannot be overwritten because the tag is immutable.")]
    [InlineData("IMMUTABLE_WITH_EXCLUSION", "dev-*", "dev-1", null)]
    [InlineData("MUTABLE_WITH_EXCLUSION", "v*", "v1", "cannot be overwritten because the tag is immutable.")]
    [InlineData("MUTABLE", null, "v1", null)]
    public async Task A_tag_moves_only_where_the_account_says_so(string mutability, string? filter, string tag, string? refusal)
    {
        var repository = await registry.MakeRepository(mutability, filter);
        using var first = await registry.PutManifest(repository, tag, await registry.PutBlob(repository, "one"u8.ToArray()));
        using var second = await registry.PutManifest(repository, tag, await registry.PutBlob(repository, "two"u8.ToArray()));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        if (refusal is null)
        {
            Assert.Equal(HttpStatusCode.Created, second.StatusCode);
            return;
        }

        Assert.Equal("TAG_INVALID", await Code(second));
        Assert.EndsWith(refusal, await Message(second), StringComparison.Ordinal);
        using var kept = await registry.Send(HttpMethod.Head, $"/v2/{repository}/manifests/{tag}", registry.Password());
        Assert.Equal(first.Headers.GetValues("Docker-Content-Digest").Single(), kept.Headers.GetValues("Docker-Content-Digest").Single());
    }

    [Fact]
    public async Task Of_many_pushes_of_one_tag_at_once_one_wins()
    {
        var repository = await registry.MakeRepository("IMMUTABLE");
        var layers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => registry.PutBlob(repository, [(byte)number])));

        var answers = await Task.WhenAll(layers.Select(layer => registry.PutManifest(repository, "v1", layer)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Single(await registry.Described(repository), image => image.TryGetProperty("imageTags", out _));
    }

    [Fact]
    public async Task A_manifest_whose_layer_never_arrived_is_not_visible()
    {
        var repository = await registry.MakeRepository("IMMUTABLE");

        using var answer = await registry.PutManifest(repository, "v1", ($"sha256:{new string('a', 64)}", 10));

        Assert.False(answer.IsSuccessStatusCode);
        Assert.Empty(await registry.Described(repository));
    }

    [Fact]
    public async Task A_tag_with_letters_that_ecr_refuses_is_refused()
    {
        var repository = await registry.MakeRepository("IMMUTABLE");

        using var answer = await registry.PutManifest(repository, "v1+2", await registry.PutBlob(repository, "one"u8.ToArray()));

        Assert.Equal("TAG_INVALID", await Code(answer));
    }

    private static async Task<string?> Code(HttpResponseMessage answer) => await Said(answer, "code");

    private static async Task<string?> Message(HttpResponseMessage answer) => await Said(answer, "message");

    private static async Task<string?> Said(HttpResponseMessage answer, string what)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return document.RootElement.GetProperty("errors")[0].GetProperty(what).GetString();
    }
}
