using Signalbox.Cli.Tools;
using Xunit;

namespace Signalbox.Tests.Cli;

public sealed class ToolTests
{
    [Fact]
    public void Every_row_of_the_table_says_what_to_ask_what_for_and_where_to_get_it()
    {
        Assert.All(ToolTable.All, tool =>
        {
            Assert.NotEmpty(tool.Probe);
            Assert.NotEmpty(tool.Purpose);
            Assert.NotEmpty(tool.Advice);
        });
        Assert.Superset(
            new HashSet<string>(["dotnet", "terraform", "tofu", "git", "ssh-keygen", "moto", "docker-registry", "buildah", "docker"], StringComparer.Ordinal),
            ToolTable.All.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("terraform", "Terraform v1.11.4\non linux_amd64", "1.11.4")]
    [InlineData("tofu", "OpenTofu v1.10.0-rc1", "1.10.0")]
    [InlineData("ssh-keygen", "OpenSSH_9.2p1 Debian-2+deb12u6, OpenSSL 3.0.19 27 Jan 2026", "9.2")]
    [InlineData("docker-registry", "docker-registry github.com/docker/distribution 2.8.2+ds1", "2.8.2")]
    [InlineData("gcc", "gcc (Debian 12.2.0-14+deb12u1) 12.2.0", "12.2.0")]
    [InlineData("git", "git version 2.39.5 (Apple Git-154)", "2.39.5")]
    [InlineData("jq", "jq-1.6", "1.6")]
    [InlineData("buildah", "something else 1.2.3", null)]
    [InlineData("terraform", "Terraform v", null)]
    public void The_version_is_read_from_what_a_tool_prints(string name, string text, string? version) =>
        Assert.Equal(version, ToolProbe.VersionIn(text, Tool(name).Follows)?.ToString());

    [Theory]
    [InlineData("terraform", "1.11", null)]
    [InlineData("terraform", "1.9.8", "older than 1.11")]
    [InlineData("moto", "5.2.9", null)]
    [InlineData("moto", "5.3.0", "not below 5.3")]
    [InlineData("clang", "3.0", null)]
    public void Versions_are_judged_as_numbers(string name, string version, string? objection) =>
        Assert.Equal(objection, Tool(name).Objection(Version.Parse(version)));

    private static Tool Tool(string name) => ToolTable.All.Single(tool => tool.Name == name);
}
