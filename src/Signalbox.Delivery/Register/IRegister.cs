using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register;

/// <summary>The append-only, hash-chained book of everything delivered; a local file and S3 keep one.</summary>
public interface IRegister
{
    /// <summary>Where it lies, as signalbox.yml would say: a path, or `s3://bucket/prefix`.</summary>
    string Place { get; }

    /// <summary>Writes an entry; when this returns it survives a crash. A lost race is repeated inside.</summary>
    Task<Outcome<RegisterEntry>> Append(RegisterNote note, CancellationToken cancellation);

    /// <summary>
    /// Every line as it is stored, oldest first: for checking the chain. A line's bytes are only good until the next
    /// one is asked for.
    /// </summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    IAsyncEnumerable<RegisterLine> Lines(CancellationToken cancellation);

    /// <summary>The newest entries, oldest first, without checking the chain.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    Task<IReadOnlyList<RegisterEntry>> Newest(int count, CancellationToken cancellation);
}

public static class RegisterReading
{
    /// <summary>Every entry, oldest first, without checking the chain. What is no entry is passed over; `register verify` names it.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public static async IAsyncEnumerable<RegisterEntry> Read(
        this IRegister register, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in register.Lines(cancellation))
        {
            if (line.Entry is { } entry)
                yield return entry;
        }
    }
}
