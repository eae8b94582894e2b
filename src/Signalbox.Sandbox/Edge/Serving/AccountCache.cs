using System.Collections.Concurrent;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Emulator;

namespace Signalbox.Sandbox.Edge.Serving;

/// <summary>
/// The account as it was at most a second ago. Whoever comes while it is read waits for that reading; from half a
/// second on the next reading begins while the last one still answers, so that under load nobody waits.
/// </summary>
internal sealed class AccountCache(SandboxFolder folder, TimeProvider clock, CancellationToken life)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(1);

    private readonly Lock _oneFlight = new();
    private AccountMoment? _last;
    private Task<AccountMoment>? _flight;

    public async ValueTask<AccountMoment> Now(CancellationToken cancellation)
    {
        var last = Volatile.Read(ref _last);
        var age = last is null ? TimeSpan.MaxValue : clock.GetElapsedTime(last.ReadAt);
        if (age < Fresh)
            return last!;
        var flight = Flight();
        return age < Oldest ? last! : await flight.WaitAsync(cancellation);
    }

    private Task<AccountMoment> Flight()
    {
        lock (_oneFlight)
        {
            if (_flight is not { IsCompleted: false })
                _flight = Read();
            return _flight;
        }
    }

    /// <summary>A moment's age counts from before it was read: what changed while it was read may not be in it.</summary>
    private async Task<AccountMoment> Read()
    {
        var begun = clock.GetTimestamp();
        var record = await EmulatorRecord.Read(folder.RecordFile, life);
        var calls = record?.Port is { } port ? new AccountCalls(new Uri($"http://127.0.0.1:{port}")) : null;
        var reading = calls is null ? new AccountReading.Unreadable("the emulator is not running") : await new AccountReader(calls).Read(life);
        var moment = new AccountMoment(begun, reading, calls);
        Volatile.Write(ref _last, moment);
        return moment;
    }
}

/// <summary>One reading of the account, with the objects that were fetched since.</summary>
/// <param name="readAt">As <see cref="TimeProvider.GetTimestamp"/> counts.</param>
internal sealed class AccountMoment(long readAt, AccountReading reading, AccountCalls? calls)
{
    private readonly ConcurrentDictionary<(string, string, string), Task<StoredObject?>> _objects = new();

    public long ReadAt { get; } = readAt;

    public AccountReading Reading { get; } = reading;

    /// <summary>Null when the bucket does not hold it, or the emulator does not give it.</summary>
    public async Task<StoredObject?> Object(string region, string bucket, string key, CancellationToken cancellation)
    {
        if (calls is null)
            return null;
        try
        {
            // Two who ask at the same instant may fetch it twice; that costs a call and changes nothing.
            var fetched = _objects.GetOrAdd((region, bucket, key), _ => calls.Object(region, bucket, key, CancellationToken.None));
            return await fetched.WaitAsync(cancellation);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
