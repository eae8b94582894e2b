using System.Text.Json;
using Signalbox.Cli;
using Xunit;

namespace Signalbox.Tests.Cli;

public sealed class DoctorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_machine_with_everything_is_ready()
    {
        Install("terraform", "Terraform v1.11.4");
        InstallTheRest();
        var program = Program();

        Assert.Equal(ExitCode.Done, await program.Run("doctor"));

        Golden.Verify(program.Output, "doctor-ready.txt");
        Assert.Empty(program.Error);
    }

    [Fact]
    public async Task Terraform_that_is_too_old_fails_and_says_what_to_do()
    {
        Install("terraform", "Terraform v1.9.8");
        InstallTheRest();
        var program = Program();

        Assert.Equal(ExitCode.Failed, await program.Run("doctor"));

        Golden.Verify(program.Output + "---\n" + program.Error, "doctor-terraform-too-old.txt");
    }

    [Fact]
    public async Task OpenTofu_stands_in_for_Terraform()
    {
        Install("tofu", "OpenTofu v1.10.3");
        InstallTheRest();
        var program = Program();

        Assert.Equal(ExitCode.Done, await program.Run("doctor"));
        Assert.Contains("tofu             1.10.3", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_a_problem_only_when_our_own_work_needs_it()
    {
        Install("terraform", "Terraform v1.11.4");
        InstallTheRest();
        File.Delete(Path.Combine(_folder, "buildah"));
        File.Delete(Path.Combine(_folder, "git"));
        var program = Program();

        Assert.Equal(ExitCode.Failed, await program.Run("doctor", "--json"));

        using var answer = JsonDocument.Parse(program.Output);
        Assert.False(answer.RootElement.GetProperty("ready").GetBoolean());
        var missing = answer.RootElement.GetProperty("tools").EnumerateArray()
            .Where(tool => !tool.GetProperty("serves").GetBoolean())
            .Select(tool => tool.GetProperty("name").GetString());
        Assert.Equal("git buildah", string.Join(' ', missing));
        Assert.StartsWith("error[SB4101]: `git` is missing", program.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("buildah", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_cannot_be_started_is_missing()
    {
        InstallTheRest();
        Write("terraform", "#!/nowhere/at/all\n");
        var program = Program();

        Assert.Equal(ExitCode.Failed, await program.Run("doctor"));
        Assert.Contains("error[SB4101]: `terraform` is missing", program.Error, StringComparison.Ordinal);
    }

    private StartedProgram Program() => new() { Folder = _folder, Variables = { ["PATH"] = _folder }, Clock = TimeProvider.System };

    private void InstallTheRest()
    {
        Install("dotnet", "10.0.401");
        Install("clang", "Debian clang version 14.0.6");
        Install("git", "git version 2.39.5");
        Install("ssh", "OpenSSH_9.2p1");
        Write("python3", "#!/bin/sh\nif [ \"$1\" = --version ]; then echo Python 3.11.7; else echo 5.2.1; fi\n");
        Install("docker-registry", "docker-registry distribution 2.8.2");
        Install("buildah", "buildah version 1.28.2");
        Install("shellcheck", "version: 0.9.0");
        Install("jq", "jq-1.6");
        Install("podman", "podman version 4.3.1");
        Install("busybox", "BusyBox v1.35.0 (Debian 1:1.35.0-4+b7) multi-call binary.");
        Install("zsh", "zsh 5.9 (x86_64-debian-linux-gnu)");
        Install("fish", "fish, version 3.6.0");
    }

    private void Install(string tool, string words) => Write(tool, $"#!/bin/sh\necho '{words}'\n");

    private void Write(string tool, string script)
    {
        var path = Path.Combine(_folder, tool);
        File.WriteAllText(path, script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
