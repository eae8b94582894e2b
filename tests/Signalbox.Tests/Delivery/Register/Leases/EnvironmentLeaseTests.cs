using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Signalbox.Delivery.Register.Leases;
using Xunit;

namespace Signalbox.Tests.Delivery.Register.Leases;

public sealed class EnvironmentLeaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-lease-").FullName;
    private readonly List<LeaseHolder> _waitedFor = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private FileLeaseStore Store => new FileLeaseStore(_folder, TimeProvider.System);

    [Fact]
    public async Task A_second_delivery_is_told_who_has_the_environment_since_when_and_doing_what()
    {
        await using var first = await Taken("applying plan 3b0c5e1d2f4a");

        var second = await EnvironmentLease.Take(Store, Claim("planning"), EngineOf.Nobody, _waitedFor.Add, TimeProvider.System, Cancellation);

        Assert.False(second.Succeeded(out _, out var problems));
        var problem = Assert.Single(problems);
        Assert.Equal("SB3500", problem.Rule.Code);
        Assert.Matches(@"^Ada has been applying plan 3b0c5e1d2f4a since \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ \(process \d+ on .+\)$", problem.Message);
        Assert.Equal("applying plan 3b0c5e1d2f4a", Assert.Single(_waitedFor).Doing);
    }

    [Fact]
    public async Task What_is_let_go_is_free_and_the_token_rises()
    {
        long before;
        await using (var first = await Taken("planning"))
            before = first.Token;

        await using var second = await Taken("planning");

        Assert.Equal(before + 1, second.Token);
    }

    [Fact]
    public async Task A_holder_of_this_machine_that_ended_is_replaced_at_once()
    {
        await Put(Holder(ThisProcess.Machine, int.MaxValue));

        await using var lease = await Taken("planning");

        Assert.Equal(8, lease.Token);
    }

    [Fact]
    public async Task A_holder_from_before_this_machine_was_started_is_replaced_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux names its boots");
        await Put(Holder($"{Environment.MachineName} an-earlier-boot", Environment.ProcessId));

        await using var lease = await Taken("planning");

        Assert.Equal(8, lease.Token);
    }

    [Fact]
    public async Task A_holder_elsewhere_is_replaced_only_when_its_beat_has_stood_still()
    {
        var (store, clock) = (new WatchedStore(Holder("another-machine 1", 4711)), new FakeTimeProvider());
        var started = clock.GetUtcNow();

        var taking = EnvironmentLease.Take(store, Claim("planning") with { Patience = TimeSpan.FromHours(1) }, EngineOf.Nobody, _waitedFor.Add, clock, Cancellation);
        while (await Task.WhenAny(store.NextRead(), taking) != taking)
            clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await taking).Succeeded(out var lease, out _));
        Assert.InRange(clock.GetUtcNow() - started, EnvironmentLease.DeadAfter, EnvironmentLease.DeadAfter + TimeSpan.FromSeconds(2));
        await lease.DisposeAsync();
    }

    [Theory]
    [InlineData("run-7")]
    [InlineData("run-8")]
    public async Task A_holder_elsewhere_is_replaced_sooner_when_its_run_is_over(string ended)
    {
        var (store, clock, engine) = (new WatchedStore(Holder("another-machine 1", 4711)), new FakeTimeProvider(), new EngineOf(ended));
        var started = clock.GetUtcNow();

        var taking = EnvironmentLease.Take(store, Claim("planning") with { Patience = TimeSpan.FromHours(1) }, engine, _waitedFor.Add, clock, Cancellation);
        while (await Task.WhenAny(store.NextRead(), taking) != taking)
            clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await taking).Succeeded(out var lease, out _));
        var needed = ended == "run-7" ? EnvironmentLease.DeadWithItsRunAfter : EnvironmentLease.DeadAfter;
        Assert.InRange(clock.GetUtcNow() - started, needed, needed + TimeSpan.FromSeconds(2));
        Assert.InRange(engine.Asked, 1, 5);
        await lease.DisposeAsync();
    }

    [Fact]
    public async Task A_holder_elsewhere_that_beats_keeps_it_whatever_the_engine_says()
    {
        var (store, clock) = (new WatchedStore(Holder("another-machine 1", 4711)), new FakeTimeProvider());

        var taking = EnvironmentLease.Take(store, Claim("planning") with { Patience = TimeSpan.FromMinutes(5) }, new EngineOf("run-7"), _waitedFor.Add, clock, Cancellation);
        while (await Task.WhenAny(store.NextRead(), taking) != taking)
        {
            store.Beat();
            clock.Advance(EnvironmentLease.BeatEvery);
        }

        Assert.False((await taking).Succeeded(out _, out var problems));
        Assert.Equal("SB3500", Assert.Single(problems).Rule.Code);
    }

    [Fact]
    public async Task A_holder_elsewhere_that_beats_keeps_it()
    {
        var (store, clock) = (new WatchedStore(Holder("another-machine 1", 4711)), new FakeTimeProvider());

        var taking = EnvironmentLease.Take(store, Claim("planning") with { Patience = TimeSpan.FromMinutes(5) }, EngineOf.Nobody, _waitedFor.Add, clock, Cancellation);
        while (await Task.WhenAny(store.NextRead(), taking) != taking)
        {
            store.Beat();
            clock.Advance(EnvironmentLease.BeatEvery);
        }

        Assert.False((await taking).Succeeded(out _, out var problems));
        Assert.Equal("SB3500", Assert.Single(problems).Rule.Code);
        Assert.Single(_waitedFor);
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_has_it()
    {
        var (holding, most, done) = (0, 0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 12), Cancellation, async (_, cancellation) =>
        {
            var outcome = await EnvironmentLease.Take(Store, Claim("racing") with { Patience = TimeSpan.FromMinutes(1) }, EngineOf.Nobody, static _ => { }, TimeProvider.System, cancellation);
            Assert.True(outcome.Succeeded(out var lease, out var problems), problems?.ToString());
            await using (lease)
            {
                most = Math.Max(most, Interlocked.Increment(ref holding));
                await Task.Yield();
                Interlocked.Decrement(ref holding);
                Interlocked.Increment(ref done);
            }
        });

        Assert.Equal((1, 12), (most, done));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<EnvironmentLease> Taken(string doing)
    {
        Assert.True((await EnvironmentLease.Take(Store, Claim(doing), EngineOf.Nobody, _waitedFor.Add, TimeProvider.System, Cancellation)).Succeeded(out var lease, out var problems), problems?.ToString());
        return lease;
    }

    private async Task Put(LeaseHolder holder) =>
        Assert.True(await Store.Write("prod-aws", new LeaseRecord { Token = 7, Holder = holder, Beat = 0 }, tag: null, Cancellation));

    private static LeaseClaim Claim(string doing) => new("prod-aws", "Ada", doing, Run: null, TimeSpan.Zero);

    private static LeaseHolder Holder(string machine, int process) =>
        new("Grace", "parking", DateTimeOffset.UnixEpoch, machine, process, "1", Run: "run-7");

    /// <summary>Holds another machine's lease, and says when it was looked at.</summary>
    private sealed class WatchedStore(LeaseHolder holder) : ILeaseStore
    {
        private readonly Channel<bool> _reads = Channel.CreateUnbounded<bool>();
        private LeaseRecord _lease = new() { Token = 7, Holder = holder, Beat = 0 };

        public void Beat() => _lease = _lease with { Beat = _lease.Beat + 1 };

        public Task<bool> NextRead() => _reads.Reader.ReadAsync(Cancellation).AsTask();

        public Task<StoredLease?> Read(string name, CancellationToken cancellation)
        {
            _reads.Writer.TryWrite(true);
            return Task.FromResult<StoredLease?>(new StoredLease(_lease, $"{_lease.Token}-{_lease.Beat}"));
        }

        public Task<bool> Write(string name, LeaseRecord lease, string? tag, CancellationToken cancellation)
        {
            _lease = lease;
            return Task.FromResult(true);
        }
    }
}
