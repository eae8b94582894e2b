using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Signalbox.Delivery.Environments;

namespace Signalbox.Delivery.Aws;

/// <summary>An object as it was read; the tag names exactly this version of it.</summary>
internal sealed record StoredObject(ReadOnlyMemory<byte> Content, string Tag);

/// <summary>Objects of one bucket, with the conditional writes that let the bucket itself order its writers.</summary>
internal sealed class S3Objects : IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly string _bucket;
    private readonly bool _makesBucket;

    private S3Objects(AmazonS3Client client, string bucket, bool makesBucket) => (_client, _bucket, _makesBucket) = (client, bucket, makesBucket);

    /// <summary>In the sandbox nothing outlives a reset, so there the bucket is made when it is missing.</summary>
    public static S3Objects Of(AccountAccess access, string? region, string bucket)
    {
        var settings = new AmazonS3Config
        {
            ForcePathStyle = true,
            MaxErrorRetry = 3,
            Timeout = TimeSpan.FromSeconds(20),
            // A checksum with every write is what Object Lock asks for; in a trailer it would need chunked signing.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        var variables = access.Variables;
        if (Region(region, variables) is { Length: > 0 } place)
            settings.RegionEndpoint = RegionEndpoint.GetBySystemName(place);
        if ((variables.GetValueOrDefault("AWS_ENDPOINT_URL_S3") ?? variables.GetValueOrDefault("AWS_ENDPOINT_URL")) is { Length: > 0 } endpoint)
            (settings.ServiceURL, settings.AuthenticationRegion) = (endpoint, Region(region, variables));
        var client = Credentials(variables) is { } credentials ? new AmazonS3Client(credentials, settings) : new AmazonS3Client(settings);
        return new S3Objects(client, bucket, access.Target == Target.Sandbox);
    }

    private static string? Region(string? chosen, IReadOnlyDictionary<string, string> variables) =>
        chosen ?? variables.GetValueOrDefault("AWS_REGION") ?? variables.GetValueOrDefault("AWS_DEFAULT_REGION");

    /// <summary>Null leaves it to the SDK's usual chain: a profile, a role, a job's identity.</summary>
    private static AWSCredentials? Credentials(IReadOnlyDictionary<string, string> variables)
    {
        if (variables.GetValueOrDefault("AWS_ACCESS_KEY_ID") is not { Length: > 0 } key || variables.GetValueOrDefault("AWS_SECRET_ACCESS_KEY") is not { Length: > 0 } secret)
            return null;
        return variables.GetValueOrDefault("AWS_SESSION_TOKEN") is { Length: > 0 } token ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret);
    }

    /// <summary>Writes a new object. False when there is one of that key already, or another writer was faster.</summary>
    /// <exception cref="IOException">The bucket cannot be written.</exception>
    public Task<bool> Create(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        Put(key, content, request => request.IfNoneMatch = "*", cancellation);

    /// <summary>Writes over exactly the version that was read. False when it is not the newest any more.</summary>
    /// <exception cref="IOException">The bucket cannot be written.</exception>
    public Task<bool> Replace(string key, ReadOnlyMemory<byte> content, string tag, CancellationToken cancellation) =>
        Put(key, content, request => request.IfMatch = tag, cancellation);

    /// <exception cref="IOException">The bucket cannot be read.</exception>
    public Task<StoredObject?> Read(string key, CancellationToken cancellation) => Asking(async () =>
    {
        try
        {
            using var answer = await _client.GetObjectAsync(new GetObjectRequest { BucketName = _bucket, Key = key }, cancellation);
            using var content = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(content, cancellation);
            return (StoredObject?)new StoredObject(content.ToArray(), answer.ETag);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    });

    /// <summary>The first key with a prefix, in the order of their bytes; null when there is none.</summary>
    /// <exception cref="IOException">The bucket cannot be read.</exception>
    public Task<string?> FirstKey(string prefix, CancellationToken cancellation) => Asking(async () =>
    {
        try
        {
            var page = await _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix, MaxKeys = 1 }, cancellation);
            return page.S3Objects?.FirstOrDefault()?.Key;
        }
        catch (AmazonS3Exception e) when (_makesBucket && e.ErrorCode == "NoSuchBucket")
        {
            return null;
        }
    });

    /// <summary>For tests of what a register says when somebody does this.</summary>
    internal Task Delete(string key, CancellationToken cancellation) => _client.DeleteObjectAsync(_bucket, key, cancellation);

    public void Dispose() => _client.Dispose();

    private Task<bool> Put(string key, ReadOnlyMemory<byte> content, Action<PutObjectRequest> condition, CancellationToken cancellation) => Asking(async () =>
    {
        while (true)
        {
            using var body = new MemoryStream(content.ToArray(), writable: false);
            var request = new PutObjectRequest
            {
                BucketName = _bucket,
                Key = key,
                InputStream = body,
                ContentType = "application/json",
                UseChunkEncoding = false,
                ChecksumAlgorithm = ChecksumAlgorithm.SHA256, // Object Lock wants it named, and refuses a bare checksum
                ChecksumSHA256 = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(content.Span)),
            };
            condition(request);
            try
            {
                await _client.PutObjectAsync(request, cancellation);
                return true;
            }
            catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
            {
                return false; // 409: another write of the same key is under way
            }
            catch (AmazonS3Exception e) when (_makesBucket && e.ErrorCode == "NoSuchBucket")
            {
                await MakeBucket(cancellation);
            }
        }
    });

    private async Task MakeBucket(CancellationToken cancellation)
    {
        try
        {
            await _client.PutBucketAsync(new PutBucketRequest { BucketName = _bucket, BucketRegionName = _client.Config.AuthenticationRegion }, cancellation);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketAlreadyOwnedByYou" or "BucketAlreadyExists")
        {
            // another writer made it
        }
    }

    private static async Task<T> Asking<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw new IOException(e.Message, e);
        }
    }
}
