using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Terraform;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Aws;

/// <summary>A Terraform state in its bucket, read without Terraform: starting that costs more than a whole verification.</summary>
public static class StateObject
{
    private static readonly Rule CannotRead = new("SB3304", Severity.Error, "The Terraform state cannot be read");

    /// <returns>Its bytes; none when nothing was applied yet.</returns>
    public static async Task<Outcome<ReadOnlyMemory<byte>>> Read(StateLocation.S3 place, AccountAccess access, CancellationToken cancellation)
    {
        try
        {
            using var objects = S3Objects.Of(access, place.Region, place.Bucket);
            return await objects.Read(place.Key, cancellation) is { } found ? found.Content : ReadOnlyMemory<byte>.Empty;
        }
        catch (IOException refused)
        {
            return CannotRead.Without(
                $"`s3://{place.Bucket}/{place.Key}` cannot be read: {refused.Message}",
                "set the environment's credentials, or say what must be answered with `--expect live` or `--expect parked`");
        }
    }
}
