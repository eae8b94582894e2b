using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Signalbox.CircleCi.Execution.Caches;
using Signalbox.Cli;
using Xunit;

namespace Signalbox.Tests.Cli;

public sealed class CacheCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-cache-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Caches_are_listed_with_their_size_and_old_ones_are_deleted()
    {
        await Save("old-key", 2048);
        _clock.Advance(TimeSpan.FromDays(16));
        await Save("new-key", 10);

        Assert.Equal("2026-03-17 12:00        10 B  build  new-key\n2026-03-01 12:00       2 KiB  build  old-key\n2 caches saved, 2 KiB\n", await Run("cache", "list"));
        Assert.Equal("2026-03-01 12:00       2 KiB  build  old-key\n1 cache deleted, 2 KiB\n", await Run("cache", "prune"));
        using var left = JsonDocument.Parse(await Run("cache", "list", "--json"));
        Assert.Equal("new-key", Assert.Single(left.RootElement.GetProperty("caches").EnumerateArray()).GetProperty("key").GetString());
    }

    [Fact]
    public async Task A_cache_is_gone_when_its_retention_is_over_and_its_key_is_free_again()
    {
        await Save("short-1", 10, TimeSpan.FromDays(2));
        await Save("long-1", 10);
        var store = Store();
        _clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        Assert.Equal("short-1", (await store.Find(["short-"], TestContext.Current.CancellationToken))?.Key);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await store.Find(["short-"], TestContext.Current.CancellationToken));
        Assert.False(await store.Contains("short-1", TestContext.Current.CancellationToken));
        Assert.Equal("2026-03-01 12:00        10 B  build  short-1\n1 cache deleted, 10 B\n", await Run("cache", "prune"));
        await Save("short-1", 20, TimeSpan.FromDays(1));
        _clock.Advance(TimeSpan.FromDays(1));
        await Save("short-1", 30);
        Assert.Equal(30, (await store.Find(["short-"], TestContext.Current.CancellationToken))?.Bytes);
    }

    [Fact]
    public async Task Without_caches_there_is_nothing_to_list() => Assert.Equal("0 caches saved, 0 B\n", await Run("cache", "list"));

    private CacheStore Store() => new(Path.Combine(_folder, ".signalbox", "cache"), _clock);

    private async Task Save(string key, int bytes, TimeSpan? retention = null)
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".git"));
        var (saved, complaint) = await Store().Save(
            new SavedCache(key, default, 0, "build", ["p"]),
            retention,
            async folder =>
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, "home.tar"), new byte[bytes], TestContext.Current.CancellationToken);
                return null;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal((bytes, null), (saved!.Bytes, complaint));
    }

    private async Task<string> Run(params string[] words)
    {
        var program = new StartedProgram { Folder = _folder, Clock = _clock };
        Assert.Equal(ExitCode.Done, await program.Run(words));
        return program.Output;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
