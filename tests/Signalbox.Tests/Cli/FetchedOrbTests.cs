using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Servers;
using Xunit;

namespace Signalbox.Tests.Cli;

/// <summary>`--fetch-orbs`, with a registry that speaks as CircleCI's does: GraphQL, `orbVersion(orbVersionRef)`.</summary>
public sealed class FetchedOrbTests : IDisposable
{
    private const string Config = """
        version: 2.1
        orbs: { tools: acme/tools@1.2 }
        workflows:
          w: { jobs: [tools/greet] }
        """;

    private const string Orb = """
        version: 2.1
        jobs:
          greet:
            docker: [{ image: cimg/base:stable }]
            steps: [run: echo from the registry]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-").FullName;
    private readonly LoopbackServer _registry;
    private readonly List<string?> _asked = [];
    private (int Status, string Body) _answer;

    public FetchedOrbTests()
    {
        _registry = new LoopbackServer(async context =>
        {
            using var question = await JsonDocument.ParseAsync(context.Request.InputStream, default, TestContext.Current.CancellationToken);
            _asked.Add(question.RootElement.GetProperty("variables").GetProperty("ref").GetString());
            await LoopbackServer.Say(context.Response, _answer.Status, _answer.Body);
        });
        _answer = (200, new JsonObject { ["data"] = new JsonObject { ["orbVersion"] = new JsonObject { ["version"] = "1.2.3", ["source"] = Orb } } }.ToJsonString());
    }

    public void Dispose()
    {
        _registry.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_orb_that_is_asked_for_comes_from_the_registry()
    {
        var program = await Processed("--fetch-orbs");

        Assert.Contains("command: echo from the registry\n", program.Output, StringComparison.Ordinal);
        Assert.Equal(["acme/tools@1.2"], _asked);
    }

    [Fact]
    public async Task Nobody_is_asked_without_the_word_or_for_what_is_vendored()
    {
        Assert.Contains("error[SB1120]", (await Processed()).Error, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder, ".signalbox/orbs/acme/tools"));
        await File.WriteAllTextAsync(Path.Combine(_folder, ".signalbox/orbs/acme/tools/1.2.0.yml"), Orb.Replace("the registry", "the folder", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Contains("command: echo from the folder\n", (await Processed("--fetch-orbs")).Output, StringComparison.Ordinal);
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData(200, """{"data":{"orbVersion":null}}""", "error[SB1120]: orb `acme/tools@1.2` is neither on this machine nor known to the registry\n")]
    [InlineData(503, "", "error[SB1124]: orb `acme/tools@1.2` cannot be fetched: the registry answered 503\n")]
    [InlineData(200, "<html>", "error[SB1124]: orb `acme/tools@1.2` cannot be fetched: ")]
    [InlineData(200, """{"data":{"orbVersion":{"source":7}}}""", "error[SB1124]: orb `acme/tools@1.2` cannot be fetched: ")]
    public async Task What_the_registry_does_not_give_is_said(int status, string body, string said)
    {
        _answer = (status, body);

        Assert.Contains(said, (await Processed("--fetch-orbs")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_said()
    {
        _registry.Stop();

        Assert.Contains("error[SB1124]: orb `acme/tools@1.2` cannot be fetched: Connection refused", (await Processed("--fetch-orbs")).Error, StringComparison.Ordinal);
    }

    private async Task<StartedProgram> Processed(params string[] options)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "config.yml"), Config, TestContext.Current.CancellationToken);
        var program = new StartedProgram { Folder = _folder };
        await program.Run(["config", "process", "config.yml", "--registry", _registry.Url, .. options]);
        return program;
    }
}
