using System.Diagnostics;
using System.Text.Json.Nodes;
using Signalbox.Cli;
using Xunit;

namespace Signalbox.Tests.Sandbox;

public sealed class SandboxCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task The_life_of_a_sandbox_from_the_command_line()
    {
        await using var repository = new TemporaryRepository(("AWS_PROFILE", "real"));
        var below = Directory.CreateDirectory(Path.Combine(repository.Root, "infra", "envs")).FullName;

        Assert.Equal(1, await Run(repository, below, "sandbox", "status"));
        Assert.Equal("error[SB5101]: the sandbox is not running\nhint: run `signalbox sandbox up`\n", _error.ToString());

        Assert.Equal(0, await Run(repository, below, "sandbox", "up", "--state-bucket", "first", "--state-bucket", "second"));
        Assert.StartsWith("The sandbox is up.\n  endpoint  http://127.0.0.1:", _output.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await Run(repository, repository.Root, "sandbox", "status", "--json"));
        var status = JsonNode.Parse(_output.ToString())!;
        Assert.Equal("up", (string?)status["state"]);
        Assert.Equal("123456789012", (string?)status["account_id"]);

        Assert.Equal(0, await Run(repository, below, "sandbox", "env"));
        Assert.Equal("first,second", await InShell(repository, $"{_output}\n{ListBuckets}"));

        Assert.Equal(0, await Run(repository, below, "sandbox", "snapshot"));
        Assert.Equal(0, await Run(repository, below, "sandbox", "down", "--json"));
        Assert.Equal((int)status["process_id"]!, (int)JsonNode.Parse(_output.ToString())!["ended_process_id"]!);
        Assert.Equal(0, await Run(repository, below, "sandbox", "up", "--from-snapshot", "--json"));
        Assert.Equal(0, await Run(repository, below, "sandbox", "env", "--json"));
        Assert.Equal("AWS_PROFILE", (string?)JsonNode.Parse(_output.ToString())!["unset"]![0]);
        Assert.Equal(0, await Run(repository, below, "sandbox", "reset"));
        Assert.Equal(0, await Run(repository, below, "sandbox", "down"));
        Assert.Equal("The sandbox is down, and its account is gone.\n", _output.ToString());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private const string ListBuckets =
        "python3 -c 'import boto3; print(*[b[\"Name\"] for b in boto3.client(\"s3\").list_buckets()[\"Buckets\"]], sep=\",\")'";

    private async Task<int> Run(TemporaryRepository repository, string folder, params string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        var terminal = new Terminal(_output, _error, isInteractive: false, usesColour: false);
        var invocation = new Invocation(terminal, folder, repository.Variables, TimeProvider.System);
        var parsed = CommandTree.Create(invocation).Parse(arguments);
        Assert.Empty(parsed.Errors);
        return await parsed.InvokeAsync(configuration: null, TemporaryRepository.Cancellation);
    }

    private static async Task<string> InShell(TemporaryRepository repository, string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (name, value) in repository.Variables)
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var words = await shell.StandardOutput.ReadToEndAsync(TemporaryRepository.Cancellation);
        await shell.WaitForExitAsync(TemporaryRepository.Cancellation);
        return words.Trim();
    }
}
