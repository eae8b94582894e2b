using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>Each reason for which a sealed plan is not applied, with the real Terraform behind it.</summary>
public sealed class ApplyRefusals(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_that_nobody_approved_waits_for_a_person()
    {
        var plan = await repository.Plan("unapproved");

        var ending = await repository.Signalbox("apply", "small", plan);

        Refused(ending, 3, "SB3220", "--approved-by");
    }

    [Fact]
    public async Task A_changed_byte_breaks_the_seal_wherever_it_is()
    {
        var plan = await repository.Plan("tampered");
        var whole = await File.ReadAllBytesAsync(plan, Cancellation);

        foreach (var at in (int[])[100, whole.Length / 2, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(plan, [.. whole[..at], (byte)(whole[at] ^ 1), .. whole[(at + 1)..]], Cancellation);

            var ending = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada");

            Assert.Equal(1, ending.Code);
            Assert.Matches("SB320[34]", ending.Conversation);
        }
    }

    [Theory]
    [InlineData("random bytes that are no plan")]
    [InlineData("")]
    [InlineData("SIGNALBOX PLAN 1")]
    public async Task A_file_that_is_no_sealed_plan_is_said_to_be_none(string content)
    {
        var file = Path.Combine(repository.Folder, ".signalbox", "no.plan");
        await File.WriteAllTextAsync(file, content, Cancellation);

        Refused(await repository.Signalbox("apply", "small", file, "--approved-by", "ada"), 1, "SB3203", "signalbox plan");
    }

    [Fact]
    public async Task Another_digest_than_the_approved_one_is_refused_with_both()
    {
        var plan = await repository.Plan("digest");
        var approved = new string('a', 64);

        var ending = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada", "--digest", approved);

        Refused(ending, 1, "SB3210", approved);
    }

    [Fact]
    public async Task Another_commit_and_changed_files_are_both_named()
    {
        var plan = await repository.Plan("commit");
        await repository.Write("root/page.html", "<p>new</p>");
        await repository.Commit("a page");

        var ending = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada");

        Refused(ending, 1, "SB3214", "added root/page.html");
        Assert.Contains("SB3215", ending.Conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_for_the_sandbox_is_not_for_aws()
    {
        var plan = await repository.Plan("target");

        var ending = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada", "--target", "aws");

        Refused(ending, 1, "SB3212", "--target aws");
    }

    [Fact]
    public async Task Another_terraform_is_refused()
    {
        var plan = await repository.Plan("version");
        var other = Path.Combine(repository.Folder, ".signalbox", "other-terraform");
        await File.WriteAllTextAsync(other, "#!/bin/sh\nif [ \"$1\" = version ]; then echo '{\"terraform_version\": \"1.99.0\"}'; else exec terraform \"$@\"; fi\n", Cancellation);
        File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var ending = await repository.SignalboxWith([("SIGNALBOX_TERRAFORM", other)], "apply", "small", plan, "--approved-by", "ada");

        Refused(ending, 1, "SB3216", "Terraform 1.99.0");
    }

    [Fact]
    public async Task A_plan_that_the_guard_denies_is_never_applied()
    {
        Assert.Equal(0, (await repository.Signalbox("apply", "small", await repository.Plan("before"), "--approved-by", "ada")).Code);
        await repository.Write("root/main.tf", SmallRepository.Configuration.Replace("resource \"terraform_data\" \"kept\"", "resource \"terraform_data\" \"renamed\"", StringComparison.Ordinal).Replace("terraform_data.kept", "terraform_data.renamed", StringComparison.Ordinal));
        var plan = Path.Combine(repository.Folder, ".signalbox", "denied.plan");

        var planned = await repository.Signalbox("plan", "small", "--out", plan);
        var applied = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada");
        await repository.Write("root/main.tf", SmallRepository.Configuration);

        Assert.True(planned.Code is 1, planned.ToString());
        Refused(applied, 1, "SB3218", "terraform_data.kept");
    }

    [Fact]
    public async Task A_stale_plan_is_explained()
    {
        var first = await repository.Plan("first", "--var", "word=two");
        var second = await repository.Plan("second", "--var", "word=three");
        Assert.Equal(0, (await repository.Signalbox("apply", "small", second, "--approved-by", "grace")).Code);

        var ending = await repository.Signalbox("apply", "small", first, "--approved-by", "ada");

        Refused(ending, 1, "SB4009", "the state is now at serial");
        Assert.Contains("approved by grace", ending.Conversation, StringComparison.Ordinal);
    }

    private static void Refused(Ending ending, int code, string rule, string words)
    {
        Assert.True(ending.Code == code, ending.ToString());
        Assert.Contains($"[{rule}]", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains(words, ending.Conversation, StringComparison.Ordinal);
        Assert.Empty(ending.Answer);
    }
}
