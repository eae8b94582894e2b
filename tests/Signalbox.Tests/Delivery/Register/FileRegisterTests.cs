using System.Diagnostics;
using System.Text;
using Signalbox.Delivery.Register;
using Xunit;

namespace Signalbox.Tests.Delivery.Register;

public sealed class FileRegisterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_reads_back_as_it_was_written()
    {
        using var register = new SmallRegister();

        var written = await register.Append(EntryKind.Applied, 7);

        Assert.Equal(written, Assert.Single(await register.File.Newest(5, Cancellation)));
        Assert.Equal("added removed", string.Join(' ', written.Note.Facts.Select(fact => fact.Name)));
        Assert.Equal(TimeSpan.FromMilliseconds(61_234), written.Note.Duration);
        Assert.Equal("applied \"as planned\" with C:\\ and ünïcode 🚂", written.Note.Outcome);
    }

    [Fact]
    public async Task Line_feeds_and_halves_of_characters_cannot_break_an_entry()
    {
        using var register = new SmallRegister();
        var note = SmallRegister.Note(EntryKind.Failed, 1) with { Outcome = "first\nsecond\u2028\uD83D and \u0000", Facts = [new("a\"b\\", "\t")] };

        Assert.True((await register.File.Append(note, Cancellation)).Succeeded(out var entry, out _));

        Assert.Equal("first\uFFFDsecond\u2028\uFFFD and \uFFFD", entry.Note.Outcome);
        Assert.Equal(entry, Assert.Single(await register.File.Newest(1, Cancellation)));
        Assert.True((await register.Check()).Holds);
    }

    [Fact]
    public async Task A_person_can_check_a_hash_with_jq_and_sha256sum()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/jq"), "jq is not here");
        using var register = new SmallRegister();
        var entry = await register.Append(EntryKind.Applied, 1);

        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"jq -cS 'del(.hash)' '{register.Path}' | tr -d '\\n' | sha256sum"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await shell.StandardOutput.ReadToEndAsync(Cancellation);

        Assert.StartsWith(entry.Hash, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"actor\":{\"evid")]
    [InlineData("\u0000\u0000\u0000\u0000")]
    public async Task A_torn_last_line_is_told_and_survived(string torn)
    {
        using var register = new SmallRegister();
        await register.Deliver(1);
        await File.AppendAllTextAsync(register.Path, torn, Cancellation);

        var before = await register.Check();
        var next = await register.Append(EntryKind.Planned, 2);

        Assert.Equal("SB3413", Assert.Single(before.Problems).Rule.Code);
        Assert.True(before.Holds);
        Assert.Equal(5, next.Sequence);
        Assert.Contains(new RegisterFact("torn_bytes_before", torn.Length.ToString()), next.Note.Facts);
        Assert.Empty((await register.Check()).Problems);
    }

    [Fact]
    public async Task A_register_whose_end_is_missing_takes_no_entry()
    {
        using var register = new SmallRegister();
        await register.Deliver(1);
        register.Rewrite(register.Lines()[..3]);

        var outcome = await register.File.Append(SmallRegister.Note(EntryKind.Planned, 9), Cancellation);

        Assert.False(outcome.Succeeded(out _, out var problems));
        Assert.Equal("SB3403", Assert.Single(problems).Rule.Code);
        Assert.Equal(3, register.Lines().Count);
    }

    [Fact]
    public async Task Older_entries_move_into_volumes_and_nothing_is_lost_at_any_step()
    {
        using var register = new SmallRegister();
        var long_ = SmallRegister.Note(EntryKind.Planned, 1) with { Outcome = new string('x', RegisterText.Longest) };
        var count = (2 * FileRegister.LongestFile / RegisterText.Longest) + 20;
        for (var i = 0; i < count; i++)
            Assert.True((await register.File.Append(long_, Cancellation)).Succeeded(out _, out _));

        var volumes = Directory.GetFiles($"{register.Path}.d").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, volumes.Length);
        Assert.True(register.Bytes().Length < FileRegister.LongestFile);
        var verdict = await register.Check();
        Assert.Empty(verdict.Problems);
        Assert.Equal(count, verdict.Head.Sequence);
        Assert.Equal(count - 99, (await register.File.Newest(100, Cancellation))[0].Sequence);

        // A crash after the volume was made and before the file was emptied.
        using var unpacked = new MemoryStream();
        await using (var volume = new System.IO.Compression.GZipStream(File.OpenRead(volumes[1]), System.IO.Compression.CompressionMode.Decompress))
            await volume.CopyToAsync(unpacked, Cancellation);
        register.Rewrite([.. unpacked.ToArray(), .. register.Bytes()]);
        Assert.Equal(count, (await register.Check()).Head.Sequence);
        Assert.Equal(count, (await register.File.Newest(1, Cancellation))[0].Sequence);

        // A volume that somebody shortened.
        await File.WriteAllBytesAsync(volumes[0], (await File.ReadAllBytesAsync(volumes[0], Cancellation))[..^200], Cancellation);
        Assert.False((await register.Check()).Holds);
    }

    [Fact]
    public async Task A_disk_that_is_full_leaves_the_register_as_it_was()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no full device here");
        using var register = new SmallRegister();
        File.CreateSymbolicLink(register.Path, "/dev/full");

        var outcome = await register.File.Append(SmallRegister.Note(EntryKind.Planned, 9), Cancellation);

        Assert.False(outcome.Succeeded(out _, out var problems));
        Assert.Equal("SB3401", Assert.Single(problems).Rule.Code);
    }

    [Fact]
    public async Task Fifty_writers_in_four_processes_lose_and_repeat_nothing()
    {
        using var register = new SmallRegister();

        await Appenders.Race(register.File, entries: 4);
    }

    [Fact]
    public void Every_kind_has_a_word_of_its_own_that_reads_back()
    {
        Assert.Equal(EntryKinds.All, EntryKinds.All.Select(kind => EntryKinds.Parse(kind.Word())!.Value));
    }

    [Fact]
    public void What_is_no_entry_is_never_read_as_one()
    {
        string[] lines = ["", "{}", "[]", "null", "{\"a\":1}", "{\"sequence\":1e3}", new string('[', 100), Encoding.UTF8.GetString([0xff])];

        Assert.All(lines, line => Assert.Null(RegisterJson.Read(Encoding.UTF8.GetBytes(line))));
    }
}
