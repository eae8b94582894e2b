using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>What goes wrong around a plan: each ends in one diagnostic with what to do, and loses nothing.</summary>
public sealed class Faults(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_in_no_output_and_no_file_but_the_state()
    {
        var plan = await repository.Plan("secret", "--markdown", ".signalbox/plan.md");
        var shown = await repository.Signalbox("plan", "show", plan);
        var applied = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada");

        Assert.True(applied.Code is 0, applied.ToString());
        Assert.Contains("(sensitive)", applied.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain(SmallRepository.Secret, shown.All + applied.All, StringComparison.Ordinal);
        var holders = await PublishedProgram.FilesHolding(SmallRepository.Secret, repository.Folder);
        Assert.DoesNotContain(holders, file => file is not "signalbox.yml" && !file.StartsWith(".git/", StringComparison.Ordinal) && !file.Contains("terraform.tfstate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disk_that_is_full_leaves_no_half_written_plan()
    {
        var disk = Path.Combine(repository.Folder, ".signalbox", "full");
        Directory.CreateDirectory(disk);
        var mount = await PublishedProgram.RunOther("/bin/mount", "/", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", disk], Cancellation);
        Assert.SkipUnless(mount.Code == 0, "this machine lets nobody mount a small disk");
        try
        {
            var ending = await repository.Signalbox("plan", "small", "--out", Path.Combine(disk, "x.plan"));

            Assert.True(ending.Code is 1, ending.ToString());
            Assert.Contains("[SB3224]", ending.Conversation, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(disk));
        }
        finally
        {
            await PublishedProgram.RunOther("/bin/umount", "/", [disk], CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("PATH", "/nowhere", "SB4001", "scripts/setup.sh")]
    [InlineData("SIGNALBOX_TERRAFORM", "/nowhere/terraform", "SB4001", "scripts/setup.sh")]
    [InlineData("SIGNALBOX_PLAN_KEY", "not a key", "SB3202", "openssl rand -base64 32")]
    public async Task A_machine_that_lacks_something_is_told_what_to_do(string variable, string value, string rule, string words)
    {
        var ending = await repository.SignalboxWith([(variable, value)], "plan", "small");

        Assert.True(ending.Code is 1, ending.ToString());
        Assert.Contains($"[{rule}]", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains(words, ending.Conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terraform_that_is_too_old_is_named_with_its_version()
    {
        var old = Path.Combine(repository.Folder, ".signalbox", "old-terraform");
        await File.WriteAllTextAsync(old, "#!/bin/sh\necho '{\"terraform_version\": \"1.5.7\"}'\n", Cancellation);
        File.SetUnixFileMode(old, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var ending = await repository.SignalboxWith([("SIGNALBOX_TERRAFORM", old)], "plan", "small");

        Assert.True(ending.Code is 1, ending.ToString());
        Assert.Contains("1.5.7", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("[SB4002]", ending.Conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_home_that_cannot_be_written_does_not_matter()
    {
        var ending = await repository.SignalboxWith([("HOME", "/proc")], "plan", "small");

        Assert.True(ending.Code is 0, ending.ToString());
    }

    [Fact]
    public async Task Every_mistake_in_the_settings_is_reported_at_once()
    {
        await repository.Write("signalbox.yml", "version: 1\nenvironments:\n  small:\n    rot: root\n    plan: { expires_after: soon }\n");

        var ending = await repository.Signalbox("plan", "small");
        await repository.Write("signalbox.yml", SmallRepository.Settings);

        Assert.True(ending.Code is 1, ending.ToString());
        Assert.Contains("signalbox.yml:4:5", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("signalbox.yml:5:", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("`root`", ending.Conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_that_could_leave_the_sandbox_is_refused()
    {
        await repository.Write("root/way-out.tf", "provider \"aws\" {\n  access_key = \"AKIAREAL\"\n  endpoints { sts = \"https://sts.amazonaws.com\" }\n}\n");

        var ending = await repository.Signalbox("plan", "small");
        File.Delete(Path.Combine(repository.Folder, "root/way-out.tf"));

        Assert.True(ending.Code is 1, ending.ToString());
        Assert.Contains("[SB4011]", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("provider aws: access_key", ending.Conversation, StringComparison.Ordinal);
    }
}
