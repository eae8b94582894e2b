using System.Text.Json.Nodes;
using Signalbox.Sandbox;
using Signalbox.Sandbox.Snapshots;
using Xunit;
using static Signalbox.Tests.Sandbox.TemporaryRepository;

namespace Signalbox.Tests.Sandbox;

public sealed class SandboxSnapshotTests
{
    [Fact]
    public async Task A_recorded_account_comes_back_and_a_changed_recording_does_not()
    {
        await using var repository = new TemporaryRepository();
        var first = await repository.Up(buckets: "recorded");
        Value(await repository.Account.Record("applied", Cancellation));

        Assert.Equal("SB5115", Problem(await repository.TryUp("applied")).Rule.Code);
        await repository.Account.Down(repository.Said.Add, Cancellation);
        var second = await repository.Up("applied");

        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.True(await HasBucket(second, "recorded"));

        await repository.Account.Down(repository.Said.Add, Cancellation);
        var account = Assert.Single(Directory.GetFiles(Folder(repository), "*.account"));
        var bytes = await File.ReadAllBytesAsync(account, Cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(account, bytes, Cancellation);

        Assert.Equal("SB5108", Problem(await repository.TryUp("applied")).Rule.Code);
        Assert.False(File.Exists(repository.RecordFile));
    }

    [Fact]
    public async Task A_recording_of_another_machine_is_refused()
    {
        await using var here = new TemporaryRepository();
        await using var there = new TemporaryRepository();
        foreach (var repository in new[] { here, there })
            await new SnapshotStore(new SandboxFolder(repository.StateFolder), TimeProvider.System).Save("applied", [1], "5.2.1", Cancellation);
        Directory.Delete(Folder(here), recursive: true);
        Directory.Move(Folder(there), Folder(here));

        Assert.Equal("SB5108", Problem(await here.TryUp("applied")).Rule.Code);
        Assert.False(File.Exists(here.RecordFile));
    }

    [Fact]
    public async Task No_part_of_the_record_can_be_changed_alone()
    {
        await using var repository = new TemporaryRepository();
        var store = new SnapshotStore(new SandboxFolder(repository.StateFolder), TimeProvider.System);
        await store.Save("applied", [1, 2, 3], "5.2.1", Cancellation);
        var file = Path.Combine(Folder(repository), "snapshot.json");
        var original = await File.ReadAllTextAsync(file, Cancellation);
        Assert.Equal(3, Value(await store.Load("applied", "5.2.1", Cancellation)).Length);

        foreach (var part in JsonNode.Parse(original)!.AsObject().Select(part => part.Key))
        {
            var record = JsonNode.Parse(original)!;
            record[part] = part switch
            {
                "size" => 4,
                "createdAt" => "2020-01-01T00:00:00+00:00",
                _ => $"{record[part]}0",
            };
            await File.WriteAllTextAsync(file, record.ToJsonString(), Cancellation);

            Assert.Equal("SB5108", Problem(await store.Load("applied", "5.2.1", Cancellation)).Rule.Code);
        }
    }

    [Fact]
    public async Task A_recording_of_another_moto_is_refused_and_one_without_the_key_too()
    {
        await using var repository = new TemporaryRepository();
        var folder = new SandboxFolder(repository.StateFolder);
        var store = new SnapshotStore(folder, TimeProvider.System);
        await store.Save("applied", [1, 2, 3], "5.2.0", Cancellation);

        Assert.Equal("SB5109", Problem(await store.Load("applied", "5.2.1", Cancellation)).Rule.Code);

        File.Delete(folder.SnapshotKeyFile);
        Assert.Equal("SB5108", Problem(await store.Load("applied", "5.2.0", Cancellation)).Rule.Code);
        Assert.False(File.Exists(folder.SnapshotKeyFile));
    }

    [Fact]
    public async Task A_snapshot_that_was_never_recorded_is_said_to_be_absent()
    {
        await using var repository = new TemporaryRepository();

        Assert.Equal("SB5107", Problem(await repository.TryUp("applied")).Rule.Code);
        Assert.Equal("SB5101", Problem(await repository.Account.Record("applied", Cancellation)).Rule.Code);
    }

    private static string Folder(TemporaryRepository repository) => Path.Combine(repository.StateFolder, "snapshots", "applied");
}
