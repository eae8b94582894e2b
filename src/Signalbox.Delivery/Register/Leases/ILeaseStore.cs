namespace Signalbox.Delivery.Register.Leases;

/// <summary>Keeps leases beside a register: each is one value that is only replaced by whoever read its newest version.</summary>
public interface ILeaseStore
{
    /// <summary>Null when there never was one.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    Task<StoredLease?> Read(string name, CancellationToken cancellation);

    /// <param name="tag">The version that was read; null when there was none.</param>
    /// <returns>False when somebody else was faster.</returns>
    /// <exception cref="IOException">The store cannot be written.</exception>
    Task<bool> Write(string name, LeaseRecord lease, string? tag, CancellationToken cancellation);
}

/// <param name="Lease">Null when what is stored is no lease.</param>
/// <param name="Tag">Names exactly this version.</param>
public sealed record StoredLease(LeaseRecord? Lease, string Tag);
