using Signalbox.Cli;
using Signalbox.Tests.Delivery.Approvals;
using Xunit;

namespace Signalbox.Tests.Delivery.Register;

/// <summary>A head that is signed and kept elsewhere shows what the chain alone cannot. Real `ssh-keygen`, real git.</summary>
public sealed class RegisterAnchorTests : IDisposable
{
    private readonly AnchoredRegister _register = new();

    private string AnchorFile => Path.Combine(_register.Folder, "head.anchor");

    [Fact]
    public async Task A_register_that_grew_still_contains_its_anchor_in_a_file_and_in_a_tag()
    {
        await Anchored();
        await _register.Deliver(3);

        var verified = await _register.Verify("head.anchor", "register/one");

        Assert.True(verified.Code == ExitCode.Done, verified.ToString());
        Assert.Contains("12 entries", verified.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("head.anchor")]
    [InlineData("register/one")]
    public async Task A_cut_end_is_found(string anchor)
    {
        await Anchored();
        _register.Rewrite(lines => lines[..^1]);

        Assert.Equal(ExitCode.Done, (await _register.Verify()).Code); // the chain alone does not know
        Refused(await _register.Verify(anchor), "SB3403", $"ends with entry 7; anchor `{anchor}` of `ada@example.org` has entry 8");
    }

    [Theory]
    [InlineData("head.anchor")]
    [InlineData("register/one")]
    public async Task A_register_that_was_replaced_by_another_is_found_though_its_chain_holds(string anchor)
    {
        await Anchored();
        _register.Lose();
        foreach (var plan in (int[])[7, 8, 9])
            await _register.Deliver(plan);

        Assert.Equal(ExitCode.Done, (await _register.Verify()).Code);
        Refused(await _register.Verify(anchor), "SB3412", "entry 8 ");
    }

    [Fact]
    public async Task An_altered_entry_is_named_before_the_anchor_is_asked()
    {
        await Anchored();
        _register.Rewrite(lines => [.. lines.Select((line, index) => index == 2 ? line.Replace("Ada", "Eve", StringComparison.Ordinal) : line)]);

        Refused(await _register.Verify("head.anchor"), "SB3410", "entry 3 ");
        Refused(await _register.Anchor("ada", "--out", "another.anchor"), "SB3410", "entry 3 ");
    }

    [Fact]
    public async Task An_anchor_that_was_changed_or_is_of_nobody_who_may_sign_proves_nothing()
    {
        await Anchored();
        var text = await File.ReadAllTextAsync(AnchorFile, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(AnchorFile, text.Replace("\"sequence\":8", "\"sequence\":4", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Refused(await _register.Verify("head.anchor"), "SB3432", "`ada@example.org`");

        await File.WriteAllTextAsync(AnchorFile, text, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_register.Signers, _register.People.Signers("bob"), TestContext.Current.CancellationToken);
        Refused(await _register.Verify("head.anchor"), "SB3432", "`ada@example.org`");
        Refused(await _register.Verify("register/one"), "SB3432", "`ada@example.org`");
        Refused(await _register.Anchor("eve", "--out", "eve.anchor"), "SB3432", "`eve@example.org`");
        Assert.False(File.Exists(Path.Combine(_register.Folder, "eve.anchor")));
    }

    [Fact]
    public async Task An_old_tag_under_a_new_name_does_not_pass_for_a_new_one()
    {
        await Anchored();
        await _register.Git("update-ref", "refs/tags/register/two", "refs/tags/register/one");

        Refused(await _register.Verify("register/two"), "SB3431", "signed under another name");
    }

    [Fact]
    public async Task What_is_no_anchor_is_said_to_be_none_and_none_is_overwritten()
    {
        await Anchored();
        await _register.Git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "tag", "-a", "-m", "only words", "v1");

        Refused(await _register.Verify("v1"), "SB3431", "`v1`");
        Refused(await _register.Verify("signers"), "SB3431", "`signers`");
        Refused(await _register.Verify("nowhere"), "SB3430", "`nowhere`");
        Refused(await _register.Anchor("ada", "--out", "head.anchor"), "SB3433", "head.anchor");
        Refused(await _register.Anchor("ada", "--tag", "register/one"), "SB3433", "`register/one`");
        Refused(await _register.Run("register", "verify", "--anchor", "head.anchor"), "SB3435", "file of signers");
        Assert.Equal(ExitCode.BadArguments, (await _register.Anchor("ada")).Code);
    }

    [Fact]
    public async Task Who_signs_is_what_git_was_told_in_this_repository_before_what_it_was_told_for_all()
    {
        await Anchored();
        await _register.Git("config", "--global", "user.email", SigningPeople.NameOf("eve"));
        await _register.Git("config", "user.email", SigningPeople.NameOf("bob"));
        await _register.Git("config", "user.signingkey", _register.People.KeyOf("bob"));

        var made = await _register.AnchorAsGitSays("--out", "bob.anchor");

        Assert.StartsWith("bob@example.org anchored entry 8", made.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_register_has_nothing_to_anchor() => Refused(await _register.Anchor("ada", "--out", "head.anchor"), "SB3434", "no entries");

    /// <summary>Two deliveries, anchored by a file and by a tag.</summary>
    private async Task Anchored()
    {
        await _register.Repository();
        await _register.Deliver(1);
        await _register.Deliver(2);
        foreach (var where in (string[][])[["--out", "head.anchor"], ["--tag", "register/one"]])
        {
            var made = await _register.Anchor("ada", where);
            Assert.True(made.Code == ExitCode.Done, made.ToString());
            Assert.StartsWith("ada@example.org anchored entry 8 of ", made.Output, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _register.Dispose();

    private static void Refused((int Code, string Output, string Error) ending, string rule, string words)
    {
        Assert.True(ending.Code == ExitCode.Failed, ending.ToString());
        Assert.Contains($"[{rule}]", ending.Error, StringComparison.Ordinal);
        Assert.Contains(words, ending.Error, StringComparison.Ordinal);
    }
}
