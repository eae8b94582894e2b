using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>The append-only, hash-chained book of everything delivered; a local file and S3 keep one.</summary>
public interface IRegister
{
    /// <summary>Writes an entry; when this returns it survives a crash. A lost race is repeated inside.</summary>
    Task<Outcome<RegisterEntry>> Append(RegisterNote note, CancellationToken cancellation);

    /// <summary>Every entry, oldest first, without checking the chain.</summary>
    IAsyncEnumerable<RegisterEntry> Read(CancellationToken cancellation);
}
