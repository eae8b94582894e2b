namespace Signalbox.Delivery.Terraform;

/// <summary>Where a root module keeps its state, as far as its files say so in plain words.</summary>
public abstract record StateLocation
{
    private StateLocation() { }

    /// <param name="Region">Null when the backend leaves it to the credentials' configuration.</param>
    public sealed record S3(string Bucket, string Key, string? Region) : StateLocation;

    /// <param name="Path">Absolute.</param>
    public sealed record Local(string Path) : StateLocation;

    /// <summary>Some other backend, or one that is configured elsewhere.</summary>
    public sealed record Elsewhere(string Backend) : StateLocation;

    /// <param name="rootFolder">The root module, absolute.</param>
    public static StateLocation Of(string rootFolder)
    {
        var backend = RootModule.Read(rootFolder).Backend();
        return backend?.Labels switch
        {
            null => new Local(Path.Combine(rootFolder, "terraform.tfstate")),
            ["local"] when backend.Literal("path") is { } path => new Local(Path.GetFullPath(path, rootFolder)),
            ["local"] => new Local(Path.Combine(rootFolder, "terraform.tfstate")),
            ["s3"] when backend.Literal("bucket") is { } bucket && backend.Literal("key") is { } key => new S3(bucket, key, backend.Literal("region")),
            [var other, ..] => new Elsewhere(other),
            _ => new Elsewhere("unknown"),
        };
    }
}
