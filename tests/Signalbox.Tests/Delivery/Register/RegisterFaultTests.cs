using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Register;

/// <summary>Whatever is done to a register behind its back is found, and the right entry named.</summary>
public sealed class RegisterFaultTests
{
    [Fact]
    public async Task What_was_written_holds()
    {
        using var register = new SmallRegister();
        await register.Deliver(3);

        var verdict = await register.Check();

        Assert.Empty(verdict.Problems);
        Assert.Equal(12, verdict.Head.Sequence);
    }

    [Fact]
    public async Task Every_flipped_bit_is_found_in_its_entry()
    {
        using var register = new SmallRegister();
        await register.Deliver(1);
        var whole = register.Bytes();

        for (var at = 0; at < whole.Length; at++)
        {
            for (var bit = 1; bit < 256; bit <<= 1)
            {
                var changed = whole.ToArray();
                changed[at] ^= (byte)bit;
                register.Rewrite(changed);

                var entry = 1 + whole.AsSpan(0, at).Count((byte)'\n');
                var verdict = await register.Check();
                Assert.True(Names(verdict, entry), $"byte {at}, bit {bit}, entry {entry}: {verdict.Problems}");
            }
        }
    }

    [Theory]
    [InlineData("\"duration_ms\":61000", "\"duration_ms\":9223372036854775807")]
    [InlineData("\"duration_ms\":61000", "\"duration_ms\":922337203685477581")]
    [InlineData("\"duration_ms\":61000", "\"duration_ms\":061000")]
    [InlineData("\"duration_ms\":61000", "\"duration_ms\":61000.0")]
    [InlineData("\"kind\":\"applied\"", "\"kind\":\"appliec\"")]
    [InlineData("\"kind\":", "\"kind\": ")]
    [InlineData("\"facts\":{", "\"facts\":{},\"facts\":{")]
    [InlineData("\"environment\":\"prod\"", "\"environment\":\"pr\\u006fd\"")]
    [InlineData("\"at\":\"2026-01-02", "\"at\":\"2026-02-30")]
    public async Task An_entry_that_means_nothing_or_is_spelt_otherwise_is_named(string written, string forged)
    {
        using var register = new SmallRegister();
        await register.Append(SmallRegister.Note(EntryKind.Applied, 1) with { Duration = TimeSpan.FromSeconds(61), Facts = [new("added", "1")] });
        var line = register.Lines()[0];
        Assert.Contains(written, line, StringComparison.Ordinal);

        register.Rewrite([line.Replace(written, forged, StringComparison.Ordinal)]);

        Assert.True(Names(await register.Check(), 1), forged);
    }

    [Fact]
    public async Task A_hash_that_stands_elsewhere_in_its_entry_is_found()
    {
        using var register = new SmallRegister();
        await register.Append(EntryKind.Planned, 1);
        var line = register.Lines()[0];
        var start = line.IndexOf("\"hash\":", StringComparison.Ordinal);
        var member = line[start..(start + 74)];

        register.Rewrite([$"{{{member}{line.Remove(start, member.Length)[1..]}"]);

        Assert.EndsWith(",", member, StringComparison.Ordinal);
        Assert.Contains("is not spelt as the register spells", Assert.Single((await register.Check()).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_a_note_holds_its_entry_is_read_where_it_lies()
    {
        using var register = new SmallRegister();
        string[] texts = ["", "\"", "\\", "a \"quoted\" \\ path\\", "Ünïcödé 🚦", "\u0001control", "{\"hash\":\"0\"}", new string('x', 5000)];
        foreach (var text in texts)
        {
            await register.Append(SmallRegister.Note(EntryKind.Approved, 1) with
            {
                Environment = text,
                Actor = new Actor(text, text),
                Commit = text,
                Run = text,
                Job = text,
                Outcome = text,
                Findings = [text, text],
                Facts = [new(text, text), new("hash", text)],
                Duration = TimeSpan.MaxValue,
            });
        }

        var verdict = await register.Check();
        foreach (var line in register.Lines())
            Assert.True(IsCanonical(line), line);

        Assert.Empty(verdict.Problems);
        Assert.Equal(texts.Length, verdict.Head.Sequence);
    }

    private static bool IsCanonical(string line) => CanonicalEntry.TryRead(System.Text.Encoding.UTF8.GetBytes(line), out var entry) && entry.HashHolds();

    [Fact]
    public async Task A_deleted_entry_is_named()
    {
        using var register = new SmallRegister();
        await register.Deliver(2);
        var whole = register.Lines();

        for (var gone = 0; gone < whole.Count; gone++)
        {
            register.Rewrite(whole.Where((_, index) => index != gone));
            Assert.True(Names(await register.Check(), gone == whole.Count - 1 ? gone : gone + 1), $"entry {gone + 1}");
        }
    }

    [Fact]
    public async Task A_repeated_entry_and_swapped_entries_are_named()
    {
        using var register = new SmallRegister();
        await register.Deliver(2);
        var whole = register.Lines();

        for (var at = 0; at < whole.Count - 1; at++)
        {
            register.Rewrite([.. whole[..(at + 1)], .. whole[at..]]);
            Assert.True(Names(await register.Check(), at + 2), $"entry {at + 1} twice");

            register.Rewrite([.. whole[..at], whole[at + 1], whole[at], .. whole[(at + 2)..]]);
            Assert.True(Names(await register.Check(), at + 1), $"entries {at + 1} and {at + 2} swapped");
        }
    }

    [Fact]
    public async Task Wherever_it_is_cut_the_cut_is_found()
    {
        using var register = new SmallRegister();
        await register.Deliver(1);
        var whole = register.Bytes();

        for (var length = 0; length < whole.Length; length++)
        {
            register.Rewrite(whole[..length]);
            var verdict = await register.Check();
            Assert.False(verdict.Holds, $"cut at {length}");
            Assert.Equal(whole.AsSpan(0, length).Count((byte)'\n'), verdict.Head.Sequence);
        }
    }

    [Fact]
    public async Task Two_registers_spliced_are_found_where_the_second_begins()
    {
        using var one = new SmallRegister();
        using var other = new SmallRegister();
        await one.Deliver(2);
        other.Clock.Advance(TimeSpan.FromDays(1));
        await other.Deliver(2);
        var (first, second) = (one.Lines(), other.Lines());

        for (var at = 1; at < first.Count; at++)
        {
            one.Rewrite([.. first[..at], .. second[at..]]);
            Assert.True(Names(await one.Check(), at + 1), $"spliced after {at}");
        }
    }

    [Fact]
    public async Task A_chain_that_was_made_anew_from_one_entry_on_shows_against_a_known_head()
    {
        using var register = new SmallRegister();
        await register.Deliver(1);
        KnownHead[] known = [.. KnownHead.Remembered(register.File)];
        using var forged = new SmallRegister();
        forged.Rewrite(register.Lines()[..2]);
        await forged.Append(EntryKind.Applying, 0);
        await forged.Append(EntryKind.Failed, 0);

        var verdict = await RegisterCheck.Run(forged.File, known, TestContext.Current.CancellationToken);

        Assert.Equal("SB3412", Assert.Single(verdict.Problems).Rule.Code);
        Assert.Contains("entry 4 ", verdict.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SB3415", EntryKind.Planned, EntryKind.Applying, EntryKind.Applied)]
    [InlineData("SB3414", EntryKind.Planned, EntryKind.Approved, EntryKind.Applied)]
    [InlineData("SB3414", EntryKind.Approved, EntryKind.Applying, EntryKind.Failed, EntryKind.Applied)]
    public async Task What_was_applied_against_the_rules_is_told_though_the_chain_holds(string rule, params EntryKind[] kinds)
    {
        using var register = new SmallRegister();
        foreach (var kind in kinds)
            await register.Append(kind, 1);

        Assert.Equal(rule, Assert.Single((await register.Check()).Problems).Rule.Code);
    }

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(false, true, "SB3415")] // nobody said, when it was planned, that it means the same
    [InlineData(true, false, "SB3415")] // what it means the same as was approved by nobody
    public async Task A_plan_is_approved_by_what_was_said_of_one_that_means_the_same(bool isSame, bool isApproved, string? rule)
    {
        using var register = new SmallRegister();
        ValueList<RegisterFact> same = isSame ? [new("same_as", SmallRegister.Digest(1).Hex)] : [];
        await register.Append(isApproved ? EntryKind.Approved : EntryKind.Planned, 1);
        await register.Append(SmallRegister.Note(EntryKind.Planned, 2) with { Facts = same });
        await register.Append(SmallRegister.Note(EntryKind.Applying, 2) with { Facts = [new("approved_as", SmallRegister.Digest(1).Hex)] });
        await register.Append(EntryKind.Applied, 2);

        Assert.Equal(rule, (await register.Check()).Problems.SingleOrDefault()?.Rule.Code);
    }

    /// <summary>The first problem speaks of the entry; a cut end is named by the last entry that is there.</summary>
    private static bool Names(RegisterVerdict verdict, int entry) =>
        !verdict.Holds && System.Text.RegularExpressions.Regex.IsMatch(verdict.Problems[0].Message, $@"\bentry {entry}\b");
}
