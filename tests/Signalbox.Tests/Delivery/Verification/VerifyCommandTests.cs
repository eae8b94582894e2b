using System.Text.Json;
using System.Xml.Linq;
using Signalbox.Cli;
using Signalbox.Tests.Cli;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

/// <summary>The command, asking a real server on loopback, which needs no sandbox.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-verify-").FullName;

    [Fact]
    public async Task A_healthy_endpoint_ends_with_0_and_a_line()
    {
        await using var server = new ScriptedServer(certificate: null, _ => new Scripted.Answer(200, []));
        var program = Program(server);

        Assert.Equal(ExitCode.Done, await program.Run("verify", "prod", "--expect", "live"));

        Assert.Matches(@"^healthy  docs      200\nprod in sandbox: 1 of 1 endpoints healthy, expected live \(.*\)\n$", program.Output);
    }

    [Fact]
    public async Task The_park_intent_in_the_state_says_what_is_expected()
    {
        await using var server = new ScriptedServer(certificate: null, _ => new Scripted.Answer(503, []));
        var program = Program(server, target: "aws");
        await File.WriteAllTextAsync(Path.Combine(_folder, "root", "terraform.tfstate"), """{"version":4,"outputs":{"parked":{"value":true,"type":"bool"}}}""", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Done, await program.Run("verify", "prod", "--target", "aws"));
        Assert.Contains("expected parked", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_endpoint_ends_with_1_and_every_report_names_the_hop()
    {
        await using var server = new ScriptedServer(certificate: null, _ => new Scripted.Answer(500, []));
        var program = Program(server);

        Assert.Equal(ExitCode.Failed, await program.Run("verify", "prod", "--expect", "live", "--failures", "2", "--interval", "1ms", "--json", "--junit", "verify.xml"));

        using var answer = JsonDocument.Parse(program.Output);
        var endpoint = answer.RootElement.GetProperty("endpoints")[0];
        Assert.False(answer.RootElement.GetProperty("healthy").GetBoolean());
        Assert.Equal(("broken", "service", "answered 500, expected 200", 2), (
            endpoint.GetProperty("verdict").GetString(), endpoint.GetProperty("hop").GetString(), endpoint.GetProperty("message").GetString(), endpoint.GetProperty("probes").GetInt32()));
        var failure = XDocument.Load(Path.Combine(_folder, "verify.xml")).Descendants("failure").Single();
        Assert.Equal("service: answered 500, expected 200", failure.Attribute("message")!.Value);
    }

    [Fact]
    public async Task What_broke_since_a_written_baseline_is_this_apply_s()
    {
        var status = 200;
        await using var server = new ScriptedServer(certificate: null, _ => new Scripted.Answer(status, []));
        Assert.Equal(ExitCode.Done, await Program(server).Run("verify", "prod", "--expect", "live", "--write-baseline", "before.json"));
        status = 404;
        var program = Program(server);

        Assert.Equal(ExitCode.Failed, await program.Run("verify", "prod", "--expect", "live", "--baseline", "before.json", "--failures", "1"));

        Assert.StartsWith("broken by this apply  docs      service: answered 404, expected 200\n", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_found_is_in_the_register_without_a_word_of_the_answer()
    {
        await using var server = new ScriptedServer(certificate: null, _ => new Scripted.Answer(302, ["location: https://login.example.com/?token=s3cret"]));
        Assert.Equal(ExitCode.Failed, await Program(server).Run("verify", "prod", "--expect", "live", "--failures", "1"));
        var program = Program(server);

        Assert.Equal(ExitCode.Done, await program.Run("register", "show", "--json"));

        using var answer = JsonDocument.Parse(program.Output);
        var entry = Assert.Single(answer.RootElement.GetProperty("entries").EnumerateArray());
        Assert.Equal(("verified", "prod", "sandbox", "broken"), (
            entry.GetProperty("kind").GetString(), entry.GetProperty("environment").GetString(), entry.GetProperty("target").GetString(), entry.GetProperty("outcome").GetString()));
        Assert.Contains("docs at service", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_that_cannot_be_written_is_said_and_changes_no_verdict()
    {
        await using var server = new ScriptedServer(certificate: null, _ => new Scripted.Answer(200, []));
        var program = Program(server);
        await File.WriteAllTextAsync(Path.Combine(_folder, ".signalbox"), "in the way", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Done, await program.Run("verify", "prod", "--expect", "live"));

        Assert.Contains("error[SB3401]", program.Error, StringComparison.Ordinal);
        Assert.StartsWith("healthy  docs", program.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--deadline", "soon")]
    [InlineData("--probe-limit", "0s")]
    [InlineData("--successes", "0")]
    [InlineData("--expect", "asleep")]
    public async Task A_flag_that_is_wrong_is_a_bad_argument(string flag, string value)
    {
        await using var server = new ScriptedServer(certificate: null, _ => new Scripted.Answer(200, []));

        Assert.Equal(ExitCode.BadArguments, await Program(server).Run("verify", "prod", flag, value));
    }

    [Fact]
    public async Task An_unknown_endpoint_is_refused_before_anything_is_asked()
    {
        await using var server = new ScriptedServer(certificate: null, _ => new Scripted.Answer(200, []));
        var program = Program(server);

        Assert.Equal(ExitCode.Failed, await program.Run("verify", "prod", "--expect", "live", "--endpoint", "dosc"));
        Assert.Contains("error[SB3301]", program.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean `docs`?", program.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private StartedProgram Program(ScriptedServer server, string target = "sandbox")
    {
        Directory.CreateDirectory(Path.Combine(_folder, "root"));
        File.WriteAllText(Path.Combine(_folder, "root", "main.tf"), "");
        File.WriteAllText(Path.Combine(_folder, "signalbox.yml"), $"version: 1\nenvironments:\n  prod:\n    root: root\n    targets: {{ {target}: {{}} }}\n    endpoints:\n      docs: {{ url: 'http://127.0.0.1:{server.Address.Port}/' }}\n");
        return new StartedProgram { Folder = _folder, Clock = TimeProvider.System };
    }
}
