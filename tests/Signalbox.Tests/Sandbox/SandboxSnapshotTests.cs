using System.Text.Json.Nodes;
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
        await there.Up();
        Value(await there.Account.Record("default", Cancellation));
        await here.Up();
        Value(await here.Account.Record("default", Cancellation));
        await here.Account.Down(here.Said.Add, Cancellation);
        Directory.Delete(Folder(here, "default"), recursive: true);
        Directory.Move(Folder(there, "default"), Folder(here, "default"));

        Assert.Equal("SB5108", Problem(await here.TryUp("default")).Rule.Code);
    }

    [Theory]
    [InlineData("name", "other")]
    [InlineData("build", "0000000000000000")]
    [InlineData("moto", "5.2.0")]
    [InlineData("createdAt", "2020-01-01T00:00:00+00:00")]
    public async Task No_part_of_the_record_can_be_changed_alone(string part, string value)
    {
        await using var repository = new TemporaryRepository();
        await repository.Up();
        Value(await repository.Account.Record("applied", Cancellation));
        await repository.Account.Down(repository.Said.Add, Cancellation);

        var file = Path.Combine(Folder(repository), "snapshot.json");
        var record = JsonNode.Parse(await File.ReadAllTextAsync(file, Cancellation))!;
        record[part] = value;
        await File.WriteAllTextAsync(file, record.ToJsonString(), Cancellation);

        Assert.Equal("SB5108", Problem(await repository.TryUp("applied")).Rule.Code);
    }

    [Fact]
    public async Task A_snapshot_that_was_never_recorded_is_said_to_be_absent()
    {
        await using var repository = new TemporaryRepository();

        Assert.Equal("SB5107", Problem(await repository.TryUp("applied")).Rule.Code);
        Assert.Equal("SB5101", Problem(await repository.Account.Record("applied", Cancellation)).Rule.Code);
    }

    private static string Folder(TemporaryRepository repository, string name = "applied") =>
        Path.Combine(repository.StateFolder, "snapshots", name);
}
