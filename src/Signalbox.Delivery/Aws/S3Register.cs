using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Aws;

/// <summary>
/// A register in a bucket, an object an entry. Nothing is ever overwritten: `If-None-Match: *` gives each sequence to
/// one writer, and whoever loses reads the winner's entry and tries for the next. So Object Lock may be on.
/// </summary>
/// <remarks>
/// A key is `PREFIX/9999999957-0000000042.json`: what is left to ten digits comes first, so that the newest entry is
/// the first that S3 lists, however many there are.
/// </remarks>
public sealed class S3Register : IRegister, IDisposable
{
    private const long LastSequence = 9_999_999_999;
    private const int AtOnce = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly S3Objects _objects;
    private readonly string _prefix;
    private readonly TimeProvider _clock;

    private S3Register(S3Objects objects, RegisterStore.Bucket store, TimeProvider clock)
    {
        (_objects, _clock, Place) = (objects, clock, store.ToString());
        _prefix = store.Prefix.Length == 0 ? "entries/" : $"{store.Prefix}/entries/";
    }

    public string Place { get; }

    public static S3Register Open(AccountAccess access, string? region, RegisterStore.Bucket store, TimeProvider clock) =>
        new(S3Objects.Of(access, region, store.Name), store, clock);

    public async Task<Outcome<RegisterEntry>> Append(RegisterNote note, CancellationToken cancellation)
    {
        try
        {
            // Two jobs may write the same words in the same millisecond, and must still tell their entries apart.
            var own = note with { Facts = [.. note.Facts, new RegisterFact("writer", RandomNumberGenerator.GetHexString(8, lowercase: true))] };
            var since = _clock.GetTimestamp();
            var head = await Head(cancellation);
            while (_clock.GetElapsedTime(since) < Patience)
            {
                if (head is null)
                    return RegisterRules.CannotRead.Without($"the newest object of `{Place}` is no entry, so nothing can be chained to it", "run `signalbox register verify` to see what was changed");
                var entry = head.Next(own, _clock.GetUtcNow());
                if (await _objects.Create(Key(entry.Sequence), RegisterJson.Write(entry), cancellation) || await IsOurs(entry, cancellation))
                    return entry;
                head = await Head(cancellation);
            }

            return RegisterRules.Busy.Without($"`{Place}` gave every place to other writers for {Patience.TotalSeconds:0} seconds", "run it again when fewer jobs deliver");
        }
        catch (IOException e)
        {
            return RegisterRules.CannotWrite.Without($"`{Place}` cannot be written: {e.Message}", "check the bucket and the credentials; nothing was done without being written down");
        }
    }

    public async IAsyncEnumerable<RegisterLine> Lines([EnumeratorCancellation] CancellationToken cancellation)
    {
        var newest = await NewestSequence(cancellation);
        await foreach (var line in Lines(1, newest, cancellation))
            yield return line;
    }

    public async Task<IReadOnlyList<RegisterEntry>> Newest(int count, CancellationToken cancellation)
    {
        var newest = await NewestSequence(cancellation);
        var entries = new List<RegisterEntry>();
        await foreach (var line in Lines(Math.Max(1, newest - count + 1), newest, cancellation))
        {
            if (line.Entry is { } entry)
                entries.Add(entry);
        }

        return entries;
    }

    public void Dispose() => _objects.Dispose();

    /// <summary>Several at once, in order. A missing object is no line, so that the chain shows the gap.</summary>
    private async IAsyncEnumerable<RegisterLine> Lines(long from, long to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var underWay = new Queue<(long Sequence, Task<StoredObject?> Read)>();
        for (var next = from; next <= to || underWay.Count > 0;)
        {
            while (next <= to && underWay.Count < AtOnce)
                underWay.Enqueue((next, _objects.Read(Key(next++), cancellation)));
            var (sequence, read) = underWay.Dequeue();
            if (await read is { } found)
                yield return new RegisterLine(new RegisterPlace(Key(sequence), 0), found.Content, IsWhole: true);
        }
    }

    /// <summary>An answer that was lost on its way, and tried again by the client, looks like a lost race.</summary>
    private async Task<bool> IsOurs(RegisterEntry entry, CancellationToken cancellation) =>
        await _objects.Read(Key(entry.Sequence), cancellation) is { } there && RegisterJson.Read(there.Content.Span)?.Hash == entry.Hash;

    /// <summary>Null when the newest object is no entry.</summary>
    private async Task<RegisterHead?> Head(CancellationToken cancellation)
    {
        var newest = await NewestSequence(cancellation);
        if (newest == 0)
            return RegisterHead.Start;
        return await _objects.Read(Key(newest), cancellation) is { } found && RegisterJson.Read(found.Content.Span) is { } entry && entry.Sequence == newest
            ? RegisterHead.Of(entry)
            : null;
    }

    private async Task<long> NewestSequence(CancellationToken cancellation) =>
        await _objects.FirstKey(_prefix, cancellation) is { } key
        && key[_prefix.Length..].Split('-', '.') is [_, var digits, "json"]
        && long.TryParse(digits, out var sequence)
            ? sequence
            : 0;

    private string Key(long sequence) => $"{_prefix}{LastSequence - sequence:D10}-{sequence:D10}.json";
}
