using Signalbox.Cli;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>Several processes at once, and pipelines that come through the API of a process.</summary>
public sealed class SharedMachineTests
{
    private const string Exclusive = """
        version: 2.1
        jobs:
          alone:
            docker: [{ image: cimg/base:stable }]
            steps:
              - run: mkdir ~/../../../../../../busy && sleep 0.3 && rmdir ~/../../../../../../busy && echo x >> ~/../../../../../../times
        workflows:
          alone:
            jobs:
              - alone: { name: first, serial-group: frame/prod }
              - alone: { name: second, serial-group: frame/prod, requires: [first] }
        """;

    private const string Setup = """
        version: 2.1
        setup: true
        jobs:
          decide:
            docker: [{ image: cimg/base:stable }]
            steps:
              - checkout
              - run: |
                  body=$(python3 -c 'import json, os; print(json.dumps({"continuation-key": os.environ["CIRCLE_CONTINUATION_KEY"], "configuration": open(".circleci/next.yml").read(), "parameters": {"word": "hello"}}))')
                  curl -sf --noproxy '*' -H 'Content-Type: application/json' -d "$body" "${SIGNALBOX_API_URL}api/v2/pipeline/continue"
                  ! curl -sf --noproxy '*' -H 'Content-Type: application/json' -d "$body" "${SIGNALBOX_API_URL}api/v2/pipeline/continue"
        workflows:
          setup:
            jobs: [decide]
        """;

    private const string Next = """
        version: 2.1
        parameters: { word: { type: string, default: nothing } }
        jobs:
          say:
            docker: [{ image: cimg/base:stable }]
            steps:
              - run: echo << pipeline.parameters.word >> from pipeline << pipeline.number >>
        workflows:
          continued:
            jobs: [say]
        """;

    [Fact]
    public async Task Two_processes_never_run_jobs_of_one_serial_group_at_once()
    {
        using var repository = await PipelineRepository.With(Exclusive);

        var ended = await Task.WhenAll(repository.Run("run", "alone"), repository.Run("run", "alone"));

        // The older pipeline's jobs may have been skipped for the newer's; none has met another.
        Assert.All(ended, end => Assert.Equal(ExitCode.Done, end.Code));
        var times = await File.ReadAllLinesAsync(Path.Combine(repository.Folder, "times"), PipelineRepository.Cancellation);
        Assert.InRange(times.Length, 2, 4);
    }

    [Fact]
    public async Task A_setup_config_continues_its_pipeline_once_with_parameters()
    {
        using var repository = await PipelineRepository.With(Setup);
        await repository.Write(".circleci/next.yml", Next);
        await repository.Shell("git add -A && git commit -qm Next");

        var ended = await repository.Run("run", "setup");

        Assert.True(ended.Code == ExitCode.Done, ended.Error + ended.Output);
        Assert.Contains("hello from pipeline 1\n", (await repository.Run("logs", "2", "say")).Output, StringComparison.Ordinal);
    }
}
