using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Register.Leases;

/// <summary>What a lease is asked for.</summary>
/// <param name="Name">The environment and target, as in `prod-aws`.</param>
/// <param name="Who">The person, as the register names actors.</param>
/// <param name="Doing">As it reads after "has been": `planning`, `applying plan 3b0c5e1d2f4a`.</param>
/// <param name="Run">The pipeline run, when one does it.</param>
/// <param name="Patience">How long to wait for another holder.</param>
public sealed record LeaseClaim(string Name, string Who, string Doing, string? Run, TimeSpan Patience);

/// <summary>
/// The right to deliver an environment, held by one process of all machines at a time. It beats until it is disposed;
/// a holder that died is replaced at once on its own machine, and elsewhere when its beat has stood still, sooner when
/// its pipeline run is over.
/// </summary>
public sealed class EnvironmentLease : IAsyncDisposable
{
    internal static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(10);

    /// <summary>Six beats that did not come: longer than any pause of a living machine that should go on delivering.</summary>
    internal static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(60);

    /// <summary>Two beats that did not come, of a run that the engine says is over: a job that was told to end may take some seconds.</summary>
    internal static readonly TimeSpan DeadWithItsRunAfter = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ILeaseStore _store;
    private readonly string _name;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _beating;
    private LeaseRecord _lease;
    private string _tag;

    private EnvironmentLease(ILeaseStore store, string name, LeaseRecord lease, string tag, TimeProvider clock)
    {
        (_store, _name, _lease, _tag) = (store, name, lease, tag);
        _beating = Beat(clock);
    }

    /// <summary>The fencing token: higher than that of every holder before.</summary>
    public long Token => _lease.Token;

    /// <summary>Somebody else holds the lease now: this process seemed dead for longer than <see cref="DeadAfter"/>.</summary>
    public bool WasLost { get; private set; }

    public Diagnostic LostProblem => LeaseRules.Lost.Without($"another delivery took over the lease of `{_name}`", "run `signalbox register show`: entries with a lease token above this one's are the other's");

    /// <param name="runs">Asked about the run of a holder elsewhere whose beat stands still.</param>
    /// <param name="onWaiting">Told once of each other holder that is waited for.</param>
    public static async Task<Outcome<EnvironmentLease>> Take(
        ILeaseStore store, LeaseClaim claim, IHolderRuns runs, Action<LeaseHolder> onWaiting, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            var since = clock.GetTimestamp();
            var (watched, seen, asked) = ((StoredLease?)null, since, TimeSpan.Zero);
            while (true)
            {
                var stored = await store.Read(claim.Name, cancellation);
                if (stored?.Tag != watched?.Tag)
                {
                    if (stored?.Lease?.Holder is { } other && watched?.Lease?.Token != stored.Lease.Token)
                        onWaiting(other);
                    (watched, seen, asked) = (stored, clock.GetTimestamp(), TimeSpan.Zero);
                }

                var still = clock.GetElapsedTime(seen);
                var asks = still >= DeadWithItsRunAfter && still - asked >= BeatEvery;
                if (asks)
                    asked = still;
                if (await IsFree(stored?.Lease, still, asks ? runs : null, cancellation) && await TryTake(store, claim, stored, clock, cancellation) is { } lease)
                    return lease;
                if (stored?.Lease?.Holder is { } holder && clock.GetElapsedTime(since) >= claim.Patience)
                    return LeaseRules.Held.Without($"{holder}", "wait until it is over, and run this again");
                await Task.Delay(Pause, clock, cancellation);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return LeaseRules.Unusable.Without($"the lease of `{claim.Name}` cannot be taken: {e.Message}", "check the register's store and the permissions there");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
#pragma warning disable VSTHRD003 // the constructor started it, and there is no context to return to
        await _beating;
#pragma warning restore VSTHRD003
        _ending.Dispose();
        if (WasLost)
            return;
        try
        {
            await _store.Write(_name, _lease with { Holder = null }, _tag, CancellationToken.None);
        }
        catch (IOException)
        {
            // whoever waits sees that this process has ended, or that its beat stands still
        }
    }

    /// <param name="still">How long the lease has not changed.</param>
    /// <param name="runs">Null when the engine is not to be asked.</param>
    private static async Task<bool> IsFree(LeaseRecord? lease, TimeSpan still, IHolderRuns? runs, CancellationToken cancellation)
    {
        if (lease?.Holder is not { } holder)
            return true;
        if (await ThisProcess.IsAlive(holder, cancellation) is { } isAlive)
            return !isAlive;
        return still >= DeadAfter || (runs is not null && holder.Run is { } run && await runs.HasEnded(run, cancellation));
    }

    private static async Task<EnvironmentLease?> TryTake(ILeaseStore store, LeaseClaim claim, StoredLease? before, TimeProvider clock, CancellationToken cancellation)
    {
        var holder = await ThisProcess.Holding(claim.Who, claim.Doing, claim.Run, clock.GetUtcNow(), cancellation);
        var lease = new LeaseRecord { Token = (before?.Lease?.Token ?? 0) + 1, Holder = holder, Beat = 0 };
        if (!await store.Write(claim.Name, lease, before?.Tag, cancellation))
            return null;
        return await store.Read(claim.Name, cancellation) is { } now && now.Lease == lease
            ? new EnvironmentLease(store, claim.Name, lease, now.Tag, clock)
            : null;
    }

    private async Task Beat(TimeProvider clock)
    {
        using var timer = new PeriodicTimer(BeatEvery, clock);
        try
        {
            while (!WasLost && await timer.WaitForNextTickAsync(_ending.Token))
                await BeatOnce();
        }
        catch (OperationCanceledException)
        {
            // disposed
        }
    }

    private async Task BeatOnce()
    {
        try
        {
            var next = _lease with { Beat = _lease.Beat + 1 };
            await _store.Write(_name, next, _tag, CancellationToken.None);
            // An answer can be lost on its way, so what is there now decides, not what the write said.
            if (await _store.Read(_name, CancellationToken.None) is { } now && now.Lease == next)
                (_lease, _tag) = (next, now.Tag);
            else
                WasLost = true;
        }
        catch (IOException)
        {
            // the store is away for a moment: the next beat tries again
        }
    }
}
