using System.Text.Json.Nodes;
using System.Xml.Linq;
using Signalbox.Cli;
using Xunit;

namespace Signalbox.Tests.Cli;

/// <summary>`signalbox config …`, as a person sees what it answers.</summary>
public sealed class ConfigCommandTests : IDisposable
{
    private const string Config = """
        version: 2.1
        parameters:
          deploy: { type: boolean, default: true }
        commands:
          greet:
            parameters: { to: { type: string } }
            steps: [run: echo "hello << parameters.to >>"]
        jobs:
          build:
            docker: [{ image: cimg/base:stable }]
            parameters: { os: { type: string } }
            steps: [checkout, greet: { to: << parameters.os >> }]
          tell:
            docker: [{ image: cimg/base:stable }]
            steps: [greet: { to: everyone }]
        workflows:
          deliver:
            when: pipeline.parameters.deploy
            jobs:
              - build: { matrix: { parameters: { os: [linux, "a<b"] } } }
              - ask: { type: approval, requires: [build] }
              - tell: { requires: [{ ask: [success, canceled] }] }
        """;

    private const string Broken = """
        version: 2.1
        comands: {}
        commands:
          greet:
            parameters: { to: { type: string }, loud: { type: boolean, default: "yes" } }
            steps: [run: echo "hello << parameters.too >>"]
        jobs:
          build:
            docker: [{ image: cimg/base:stable }]
            steps:
              - chekout
              - greet: { to: 3, form: x }
              - run:
                name: Say it
                command: echo it
        workflows:
          deliver:
            jobs:
              - build: { requires: [tst] }
              - tset: {}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-config-").FullName;

    [Theory]
    [InlineData("text")]
    [InlineData("mermaid")]
    [InlineData("dot")]
    [InlineData("svg")]
    public async Task A_graph_is_drawn_in_every_format(string format)
    {
        var program = await Started(Config);

        Assert.Equal(ExitCode.Done, await program.Run("config", "graph", "--config", "config.yml", "--format", format));

        Golden.Verify(program.Output, $"config-graph.{format}");
        if (format == "svg")
            Assert.Contains(XDocument.Parse(program.Output).Descendants(), element => element.Name.LocalName == "text" && element.Value == "build-a<b");
    }

    [Fact]
    public async Task Every_problem_of_a_config_is_said_at_once_with_its_place_and_what_to_do()
    {
        var program = await Started(Broken);

        Assert.Equal(ExitCode.Failed, await program.Run("config", "validate", "config.yml"));

        Golden.Verify(program.Output + program.Error, "config-validate-broken.txt");
    }

    [Fact]
    public async Task Compiling_what_was_compiled_changes_nothing()
    {
        var program = await Started(Config);
        Assert.Equal(ExitCode.Done, await program.Run("config", "process", "config.yml"));
        Golden.Verify(program.Output, "config-process.yml");

        var again = await Started(program.Output);
        Assert.Equal(ExitCode.Done, await again.Run("config", "process", "config.yml"));

        Assert.Equal(program.Output, again.Output);
    }

    [Fact]
    public async Task Problems_are_answered_as_json_and_sarif_too()
    {
        var program = await Started(Broken);

        Assert.Equal(ExitCode.Failed, await program.Run("config", "validate", "config.yml", "--sarif", "found.sarif", "--json"));

        var sarif = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "found.sarif"), TestContext.Current.CancellationToken))!;
        var codes = sarif["runs"]![0]!["results"]!.AsArray().Select(result => (string?)result!["ruleId"]).ToList();
        Assert.True(codes.Count >= 6, string.Join(' ', codes));
        Assert.All(codes, code => Assert.Contains($"\"{code}\"", program.Output, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<StartedProgram> Started(string config)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "config.yml"), config, TestContext.Current.CancellationToken);
        return new StartedProgram { Folder = _folder };
    }
}
