using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Recovery;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Terraform;
using Signalbox.Tests.Delivery.Register;
using Xunit;

namespace Signalbox.Tests.Delivery.Recovery;

public sealed class CutShortApplyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-journal-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wherever_the_journal_is_cut_every_orphan_that_it_tells_of_is_named()
    {
        var plan = PlanDigest.Of([1]);
        using (var journal = ApplyJournal.Begin(_folder, plan))
        {
            foreach (var name in (string[])["a", "b", "c"])
            {
                journal.Take(new TerraformEvent.Started($"x.{name}", "create"));
                journal.Take(new TerraformEvent.Progressing($"x.{name}", "create", TimeSpan.FromSeconds(10)));
                journal.Take(new TerraformEvent.Completed($"x.{name}", "create", TimeSpan.Zero, $"id-{name}"));
            }
        }

        var file = Assert.Single(Directory.GetFiles(_folder));
        var whole = await File.ReadAllBytesAsync(file, Cancellation);
        for (var length = 0; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(file, whole[..length], Cancellation);

            var apply = CutShortApply.Compare((await ApplyJournal.Read(_folder, plan, Cancellation))!, new HashSet<string>(StringComparer.Ordinal) { "x.a" });

            var lines = whole.AsSpan(0, length).Count((byte)'\n') + (length < whole.Length && whole[length] == '\n' ? 1 : 0);
            Assert.Equal(Math.Max(0, ((lines + 1) / 2) - 1), apply.Orphans.Count);
            Assert.Equal(lines > 0 ? 1 : 0, apply.Kept);
            Assert.All(apply.Orphans, orphan => Assert.Equal(orphan.WasCompleted, orphan.Id is not null));
        }
    }

    [Fact]
    public void Changes_and_deletions_are_told_apart_from_what_was_made()
    {
        JournalledEvent[] journal =
        [
            new("started", "x.replaced", "delete", null), new("completed", "x.replaced", "delete", null), new("started", "x.replaced", "create", null),
            new("started", "x.changed", "update", null),
        ];

        var apply = CutShortApply.Compare(journal, new HashSet<string>(StringComparer.Ordinal) { "x.changed" });

        Assert.Equal("x.replaced", Assert.Single(apply.Orphans).Address);
        Assert.Equal(new LooseEnd("x.changed", "update", null, WasCompleted: false), Assert.Single(apply.Unsure));
    }

    [Theory]
    [InlineData("ada@here", "OperationTypeApply", 5, true)]
    [InlineData("ada@here.example.org", "OperationTypeApply", 5, true)]
    [InlineData("ada@elsewhere", "OperationTypeApply", 5, false)]
    [InlineData("ada@here", "OperationTypePlan", 5, false)]
    [InlineData("ada@here", "OperationTypeApply", -60, false)]
    [InlineData("ada@here", "OperationTypeApply", 3600, false)]
    public async Task Only_the_lock_of_this_very_apply_is_let_go(string who, string operation, int secondsLater, bool isOurs)
    {
        using var register = new SmallRegister();
        var note = SmallRegister.Note(EntryKind.Applying, 1) with { Facts = [new("machine", "here")] };
        Assert.True((await register.File.Append(note, Cancellation)).Succeeded(out var applying, out _));

        Assert.Equal(isOurs, CutShortApply.IsLockOf(new StateLock("1", who, operation, applying.At.AddSeconds(secondsLater)), applying, TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void Addresses_of_a_state_are_written_as_terraform_writes_them()
    {
        var state = """
            { "version": 4, "resources": [
              { "mode": "managed", "type": "x", "name": "one", "instances": [ {} ] },
              { "module": "module.m[\"k\"]", "mode": "managed", "type": "x", "name": "many", "instances": [ { "index_key": 0 }, { "index_key": "a\"b" } ] },
              { "mode": "data", "type": "x", "name": "read", "instances": [ {} ] }
            ] }
            """;

        Assert.Equal(
            ["data.x.read", "module.m[\"k\"].x.many[\"a\\\"b\"]", "module.m[\"k\"].x.many[0]", "x.one"],
            StateAddresses.In(System.Text.Encoding.UTF8.GetBytes(state)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_draft_imports_what_has_an_id_and_says_what_has_none()
    {
        var apply = new CutShortApply([new("x.a[\"k\"]", "create", "id-${1}\"", WasCompleted: true), new("x.b", "create", null, WasCompleted: false)], [], 0);

        var draft = ImportDraft.Text(apply, "3b0c5e1d2f4a");

        Assert.Contains("import {\n  to = x.a[\"k\"]\n  id = \"id-$${1}\\\"\"\n}\n", draft, StringComparison.Ordinal);
        Assert.Contains("# x.b was begun", draft, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
