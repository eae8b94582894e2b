using System.Text.Json.Nodes;
using Signalbox.Cli;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>`signalbox run --on circleci`. What answers in CircleCI's place is our own engine: it serves the same API.</summary>
public sealed class RemoteRunTests
{
    private const string Config = """
        version: 2.1
        parameters:
          release-mode: { type: boolean, default: false }
        jobs:
          plan:
            docker: [{ image: cimg/base:stable }]
            steps: [run: 'echo planned on "$CIRCLE_BRANCH"']
        workflows:
          deliver:
            unless: << pipeline.parameters.release-mode >>
            jobs: [plan]
          release:
            when: << pipeline.parameters.release-mode >>
            jobs:
              - hold: { type: approval }
              - plan: { requires: [hold] }
        """;

    [Fact]
    public async Task A_workflow_is_ordered_with_the_parameters_that_select_it_approved_and_watched()
    {
        using var repository = await PipelineRepository.With(Config);
        var service = await Serve(repository);

        var run = await repository.Run("run", "release", "--on", "circleci", "--approve", "hold");

        Assert.Equal("release on CircleCI: success\n", run.Output);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains(", of what is pushed of main: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("on hold   hold\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("success   plan\n", run.Error, StringComparison.Ordinal);
        service.Kill();
    }

    [Fact]
    public async Task A_hold_ends_the_watch_and_programs_read_why()
    {
        using var repository = await PipelineRepository.With(Config);
        var service = await Serve(repository);

        var run = await repository.Run("run", "release", "--on", "circleci", "--json");

        Assert.Equal(ExitCode.WaitingForAPerson, run.Code);
        var last = JsonNode.Parse(run.Output.TrimEnd('\n').Split('\n')[^1])!;
        Assert.Equal(("settled", "release", "on_hold", 3), ((string?)last["event"], (string?)last["workflow"], (string?)last["status"], (int)last["exit_code"]!));
        service.Kill();
    }

    [Fact]
    public async Task A_workflow_that_is_pushed_otherwise_does_not_keep_anybody_waiting()
    {
        using var repository = await PipelineRepository.With(Config);
        var service = await Serve(repository, "--config", "pushed.yml");
        await repository.Write("pushed.yml", Config.Replace("deliver:", "other:", StringComparison.Ordinal));

        var run = await repository.Run("run", "deliver", "--on", "circleci");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("error[SB6016]: the pipeline has no workflow `deliver`; it has `other`\nhint: what is pushed may differ", run.Error, StringComparison.Ordinal);
        service.Kill();
    }

    [Theory]
    [InlineData("run nothing --on circleci", ExitCode.Failed, "error[SB1450]")]
    [InlineData("run deliver --on circleci --dirty", ExitCode.BadArguments, "`--dirty` is for a run on this machine")]
    [InlineData("run deliver --on circleci", ExitCode.Failed, "error[SB6016]: 127.0.0.1 did not start a pipeline of ")]
    public async Task What_cannot_be_ordered_is_refused(string line, int code, string said)
    {
        using var repository = await PipelineRepository.With(Config);
        repository.Variables["CIRCLE_TOKEN"] = "none";
        repository.Variables["SIGNALBOX_CIRCLECI_URL"] = "http://127.0.0.1:1/";

        var run = await repository.Run(line.Split(' '));

        Assert.Equal(code, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_asked()
    {
        using var repository = await PipelineRepository.With(Config);

        Assert.StartsWith("error[SB6020]: CIRCLE_TOKEN is not set\n", (await repository.Run("run", "deliver", "--on", "circleci")).Error, StringComparison.Ordinal);
    }

    private static async Task<StartedProcess> Serve(PipelineRepository repository, params string[] more)
    {
        var service = repository.Start(["serve", "--json", .. more]);
        repository.Variables["SIGNALBOX_CIRCLECI_URL"] = await service.FirstAnswer("\"url\":\"", "\"");
        repository.Variables["CIRCLE_TOKEN"] = (await File.ReadAllTextAsync(Path.Combine(repository.State, "api.token"), PipelineRepository.Cancellation)).Trim();
        return service;
    }
}
