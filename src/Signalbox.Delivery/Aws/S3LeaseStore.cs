using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Register.Leases;

namespace Signalbox.Delivery.Aws;

/// <summary>Leases as objects beside the register's entries, replaced under `If-Match`.</summary>
public sealed class S3LeaseStore : ILeaseStore, IDisposable
{
    private readonly S3Objects _objects;
    private readonly string _prefix;

    private S3LeaseStore(S3Objects objects, string prefix) => (_objects, _prefix) = (objects, prefix);

    public static S3LeaseStore Open(AccountAccess access, string? region, RegisterStore.Bucket store) =>
        new(S3Objects.Of(access, region, store.Name), store.Prefix.Length == 0 ? "leases/" : $"{store.Prefix}/leases/");

    public async Task<StoredLease?> Read(string name, CancellationToken cancellation) =>
        await _objects.Read(Key(name), cancellation) is { } found ? new StoredLease(LeaseRecord.FromJson(found.Content.Span), found.Tag) : null;

    public Task<bool> Write(string name, LeaseRecord lease, string? tag, CancellationToken cancellation) => tag is null
        ? _objects.Create(Key(name), lease.ToJson(), cancellation)
        : _objects.Replace(Key(name), lease.ToJson(), tag, cancellation);

    public void Dispose() => _objects.Dispose();

    private string Key(string name) => $"{_prefix}{name}.json";
}
