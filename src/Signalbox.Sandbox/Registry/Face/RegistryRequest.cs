using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Signalbox.Sandbox.Registry.Face;

/// <summary>
/// One request, let in already. The account says what exists; the store only keeps bytes by their digest. So a push is
/// visible when the account has it, which is its last step, and nothing of a broken one ever is.
/// </summary>
internal sealed class RegistryRequest(HttpContext context, RegistryPath path, EmulatedEcr account, HttpMessageInvoker store)
{
    private const int LargestManifest = 4 * 1024 * 1024;

    private CancellationToken Cancellation => context.RequestAborted;

    public async Task Answer()
    {
        // The pieces of a layer come through here by the gigabyte; whoever began the upload was asked already.
        if (path.Part == RegistryPart.Upload)
        {
            await StoreForward.Send(context, store, context.Request.Path + context.Request.QueryString);
            return;
        }

        if (await account.Repository(path.Repository, Cancellation) is not { } repository)
        {
            await RegistryRefusal.NoRepository(path.Repository).Write(context.Response);
            return;
        }

        var writes = HttpMethods.IsPut(context.Request.Method);
        await (path.Part switch
        {
            RegistryPart.Manifest when writes => Put(repository),
            RegistryPart.Manifest when HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) => Get(),
            RegistryPart.Tags => List(),
            RegistryPart.Blob or RegistryPart.Uploads => StoreForward.Send(context, store, context.Request.Path + context.Request.QueryString),
            _ => RegistryRefusal.NoSuchPath.Write(context.Response),
        });
    }

    private async Task Get()
    {
        var digest = path.IsDigest
            ? await account.Has(path.Repository, path.Reference, Cancellation) ? path.Reference : null
            : await account.Digest(path.Repository, path.Reference, Cancellation);
        if (digest is null)
            await RegistryRefusal.ImageNotFound.Write(context.Response);
        else
            await StoreForward.Send(context, store, $"/v2/{path.Repository}/manifests/{digest}");
    }

    private async Task Put(EcrRepository repository)
    {
        var tag = path.IsDigest ? null : path.Reference;
        if (tag is not null && await TagRefusal(repository, tag) is { } refusal)
        {
            await refusal.Write(context.Response);
            return;
        }

        if (await Manifest() is not { } manifest)
        {
            await RegistryRefusal.TooLarge.Write(context.Response);
            return;
        }

        // By its digest: the store's own tags would be a second truth beside the account's.
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(manifest))}";
        using var kept = await StoreForward.Ask(context, store, $"/v2/{path.Repository}/manifests/{(path.IsDigest ? path.Reference : digest)}", manifest);
        if (!kept.IsSuccessStatusCode)
        {
            await StoreForward.Copy(kept, context);
            return;
        }

        var problem = await account.Put(
            new EcrQuestion
            {
                RepositoryName = path.Repository,
                ImageManifest = Encoding.UTF8.GetString(manifest),
                ImageManifestMediaType = context.Request.ContentType,
                ImageDigest = digest,
                ImageTag = tag,
            },
            Cancellation);

        // Another push of the tag was faster, or the very same image was there without a tag: only the first is a refusal.
        if (problem is not null && tag is not null && await account.Digest(path.Repository, tag, Cancellation) != digest)
        {
            await RegistryRefusal.Immutable(path.Repository, tag, repository.HasExclusions).Write(context.Response);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"/v2/{path.Repository}/manifests/{digest}";
        context.Response.Headers["Docker-Content-Digest"] = digest;
    }

    private async Task<RegistryRefusal?> TagRefusal(EcrRepository repository, string tag)
    {
        if (tag.Length > 128 || !tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            return RegistryRefusal.BadTag(tag);
        return repository.IsImmutable(tag) && await account.Digest(path.Repository, tag, Cancellation) is not null
            ? RegistryRefusal.Immutable(path.Repository, tag, repository.HasExclusions)
            : null;
    }

    private async Task<byte[]?> Manifest()
    {
        using var content = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (await context.Request.Body.ReadAsync(piece, Cancellation) is var read and > 0)
        {
            if (content.Length + read > LargestManifest)
                return null;
            await content.WriteAsync(piece.AsMemory(0, read), Cancellation);
        }

        return content.ToArray();
    }

    private async Task List()
    {
        context.Response.ContentType = "application/json";
        var tags = await account.Tags(path.Repository, Cancellation);
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("name", path.Repository);
        writer.WriteStartArray("tags");
        foreach (var tag in tags)
            writer.WriteStringValue(tag);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
