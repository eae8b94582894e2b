using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Terraform;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Terraform;

public sealed class SharedStateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-states-").FullName;

    [Theory]
    [InlineData("", "same", "same", "same/terraform.tfstate")]
    [InlineData("s3 bucket=states key=a", "one", "two", "s3://states/a")]
    [InlineData("local path=../state", "one", "two", "state")]
    public void Two_environments_with_one_state_are_refused(string backend, string dev, string prod, string place)
    {
        var problem = Of("prod", Target.Sandbox, Repository(dev, backend, prod, backend));

        Assert.Equal(("SB4012", $"`prod` and `dev` keep their state in the same place, {place}"), (problem?.Rule.Code, problem?.Message));
        Assert.Equal(6, problem?.Location?.Start.Line);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("s3 bucket=states key=a", "s3 bucket=states key=b")]
    [InlineData("s3 bucket=states key=a", "s3 bucket=others key=a")]
    [InlineData("http", "http")]
    [InlineData("s3", "s3")]
    public void States_in_places_of_their_own_or_unknown_ones_are_not(string dev, string prod) =>
        Assert.Null(Of("prod", Target.Sandbox, Repository("one", dev, "two", prod)));

    [Fact]
    public void Environments_that_never_reach_one_target_do_not_meet_there()
    {
        var file = Repository("same", "", "same", "");

        Assert.Null(Of("prod", Target.Aws, file));
        Assert.NotNull(Of("prod", Target.Sandbox, file));
    }

    private Diagnostic? Of(string name, Target target, SignalboxFile file)
    {
        Assert.True(file.Find(name).Succeeded(out var environment, out _));
        return SharedState.Of(environment, target, file, _folder);
    }

    private SignalboxFile Repository(string devRoot, string devBackend, string prodRoot, string prodBackend)
    {
        foreach (var (root, backend) in ((string, string)[])[(devRoot, devBackend), (prodRoot, prodBackend)])
        {
            Directory.CreateDirectory(Path.Combine(_folder, root));
            File.WriteAllText(Path.Combine(_folder, root, "main.tf"), $"terraform {{\n{Block(backend)}}}\n");
        }

        File.WriteAllText(Path.Combine(_folder, "signalbox.yml"), $$"""
            version: 1
            environments:
              dev:
                root: {{devRoot}}

              prod:
                root: {{prodRoot}}
                targets: { aws: {} }
            """);
        Assert.True(SignalboxFile.Read(_folder).Succeeded(out var file, out var problems), string.Join('\n', problems?.Select(problem => problem.Message) ?? []));
        return file;
    }

    /// <param name="backend">Its type and its arguments, such as `s3 bucket=states`; empty for none.</param>
    private static string Block(string backend) => backend.Split(' ') is [{ Length: > 0 } type, .. var arguments]
        ? $"  backend \"{type}\" {{\n{string.Concat(arguments.Select(argument => $"    {argument.Replace("=", " = \"", StringComparison.Ordinal)}\"\n"))}  }}\n"
        : "";

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
