using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Signalbox.Delivery.Terraform;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Aws;

/// <summary>A Terraform state in its bucket, read without Terraform: starting that costs more than a whole verification.</summary>
public static class StateObject
{
    private static readonly Rule CannotRead = new("SB3304", Severity.Error, "The Terraform state cannot be read");

    /// <param name="place">Where it lies.</param>
    /// <param name="variables">The environment of a child of this program, which says who asks, and whom.</param>
    /// <returns>Its bytes; none when nothing was applied yet.</returns>
    public static async Task<Outcome<ReadOnlyMemory<byte>>> Read(
        StateLocation.S3 place, IReadOnlyDictionary<string, string> variables, CancellationToken cancellation)
    {
        try
        {
            using var client = Client(place, variables);
            using var found = await client.GetObjectAsync(new GetObjectRequest { BucketName = place.Bucket, Key = place.Key }, cancellation);
            using var content = new MemoryStream();
            await found.ResponseStream.CopyToAsync(content, cancellation);
            return (ReadOnlyMemory<byte>)content.ToArray();
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
        catch (Exception refused) when (refused is AmazonClientException or HttpRequestException)
        {
            return CannotRead.Without(
                $"`s3://{place.Bucket}/{place.Key}` cannot be read: {refused.Message}",
                "set the environment's credentials, or say what must be answered with `--expect live` or `--expect parked`");
        }
    }

    /// <summary>The sandbox's variables name an endpoint and keys of their own; this process's are never mixed in.</summary>
    private static AmazonS3Client Client(StateLocation.S3 place, IReadOnlyDictionary<string, string> variables)
    {
        var settings = new AmazonS3Config { MaxErrorRetry = 1, Timeout = TimeSpan.FromSeconds(10) };
        if (place.Region is { } region)
            settings.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (!variables.TryGetValue("AWS_ENDPOINT_URL", out var endpoint))
            return new AmazonS3Client(settings);
        settings.ServiceURL = endpoint;
        settings.AuthenticationRegion = place.Region;
        settings.ForcePathStyle = true;
        return variables.TryGetValue("AWS_ACCESS_KEY_ID", out var key) && variables.TryGetValue("AWS_SECRET_ACCESS_KEY", out var secret)
            ? new AmazonS3Client(new BasicAWSCredentials(key, secret), settings)
            : new AmazonS3Client(settings);
    }
}
