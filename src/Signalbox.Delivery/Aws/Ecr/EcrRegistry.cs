using System.Text;
using System.Text.Json;
using Signalbox.Delivery.Images;
using Signalbox.Delivery.Oci;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Aws.Ecr;

/// <summary>Elastic Container Registry: its API for what is there, and the OCI protocol for what an image says of itself.</summary>
public sealed class EcrRegistry(AwsEndpoint endpoint, TimeProvider clock) : IImageRegistry
{
    /// <summary>The most that DescribeImages gives at once.</summary>
    private const int PageSize = 1000;

    private readonly AwsJsonService _ecr = new(endpoint, "ecr", "AmazonEC2ContainerRegistry_V20150921", clock);
    private RegistryLogin? _login;

    public async Task<Outcome<ValueList<PublishedImage>>> Images(string repository, Func<PublishedImage, bool> isWanted, CancellationToken cancellation)
    {
        var found = new List<PublishedImage>();
        string? page = null;
        do
        {
            var answer = await _ecr.Call("DescribeImages", writer => Question(writer, repository, page), cancellation);
            if (answer is not AwsAnswer.Given given)
                return EcrRules.Of(answer, repository);
            using (given.Content)
            {
                found.AddRange(EcrImages.In(given.Content.RootElement).Where(isWanted));
                page = EcrImages.Text(given.Content.RootElement, "nextToken");
            }
        }
        while (page is { Length: > 0 });
        return (ValueList<PublishedImage>)[.. found];
    }

    public async Task<ImageLookUp> Find(string repository, ImageName name, CancellationToken cancellation)
    {
        var answer = await _ecr.Call("DescribeImages", writer => Question(writer, repository, page: null, name), cancellation);
        switch (answer)
        {
            case AwsAnswer.Given given:
                using (given.Content)
                    return EcrImages.In(given.Content.RootElement).FirstOrDefault() is { } image ? new ImageLookUp.Found(image) : new ImageLookUp.NoImage();
            case AwsAnswer.Refused { Code: "ImageNotFoundException" }:
                return new ImageLookUp.NoImage();
            case AwsAnswer.Refused { Code: "RepositoryNotFoundException" }:
                return new ImageLookUp.NoRepository();
            default:
                return new ImageLookUp.Refused(EcrRules.Of(answer, repository));
        }
    }

    public async Task<Outcome<ImageDescription>> Describe(string repository, ImageDigest digest, CancellationToken cancellation) =>
        (await LogIn(cancellation)).Succeeded(out var login, out var problems)
            ? await new OciRepository(login, repository).Describe(digest, cancellation)
            : new Outcome<ImageDescription>.Failure(problems);

    public async Task<Outcome<RegistryLogin>> LogIn(CancellationToken cancellation)
    {
        if (_login is not null && _login.ExpiresAt > clock.GetUtcNow() + TimeSpan.FromMinutes(1))
            return _login;
        var answer = await _ecr.Call("GetAuthorizationToken", static _ => { }, cancellation);
        if (answer is not AwsAnswer.Given given)
            return EcrRules.Of(answer, repository: "");
        using (given.Content)
            _login = LoginIn(given.Content.RootElement);
        return _login is { } login ? login : EcrRules.Refused.Without("ECR answered without an authorization token", "run the command again");
    }

    private static void Question(Utf8JsonWriter writer, string repository, string? page, ImageName? name = null)
    {
        writer.WriteString("repositoryName", repository);
        if (name is null)
            writer.WriteNumber("maxResults", PageSize);
        if (page is not null)
            writer.WriteString("nextToken", page);
        if (name is null)
            return;
        writer.WriteStartArray("imageIds");
        writer.WriteStartObject();
        if (name is ImageName.ByTag tag)
            writer.WriteString("imageTag", tag.Tag);
        else if (name is ImageName.ByDigest digest)
            writer.WriteString("imageDigest", digest.Digest.Text);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static RegistryLogin? LoginIn(JsonElement root)
    {
        if (!root.TryGetProperty("authorizationData", out var all) || all.ValueKind != JsonValueKind.Array || all.GetArrayLength() == 0)
            return null;
        var data = all[0];
        if (EcrImages.Text(data, "authorizationToken") is not { } token || EcrImages.Text(data, "proxyEndpoint") is not { } address)
            return null;
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(token));
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new RegistryLogin(new Uri(address), pair[..colon], pair[(colon + 1)..], EcrImages.Time(data, "expiresAt"));
    }
}
