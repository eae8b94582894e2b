using Signalbox.Cli;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>`signalbox rerun` as a person uses it, with real jobs.</summary>
public sealed class RerunProgramTests
{
    private const string Config = """
        version: 2.1
        jobs:
          plan:
            docker: [{ image: cimg/base:stable }]
            steps: [run: "true"]
          apply:
            docker: [{ image: cimg/base:stable }]
            steps: [run: "true"]
          broken:
            docker: [{ image: cimg/base:stable }]
            steps:
              - run: { name: Break, command: "echo it is broken; exit 7" }
        workflows:
          deliver:
            jobs: [plan, apply: { requires: [plan] }]
          fails:
            jobs: [broken]
        """;

    [Fact]
    public async Task A_failed_run_is_repeated_from_what_failed()
    {
        using var repository = await PipelineRepository.With(Config.Replace("exit 7", "test -e ~/../../../../../../fixed", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failed, (await repository.Run("run", "fails")).Code);
        await repository.Write("fixed", "");

        var again = await repository.Run("rerun", "last", "--from-failed");

        Assert.Equal(ExitCode.Done, again.Code);
        Assert.StartsWith("run 2 fails: success", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_tests_that_failed_are_repeated_and_split()
    {
        const string Tested = """
            version: 2.1
            jobs:
              test:
                docker: [{ image: cimg/base:stable }]
                parallelism: 2
                steps:
                  - run: |
                      cat > one \<<'DONE'
                      test -e ~/../../../../../../fixed || result=$(case $1 in b.py|d.py) echo '<failure message="no"/>';; esac)
                      echo "<testsuite><testcase name='it works' classname='C' file='$1'>$result</testcase></testsuite>" > $1.xml
                      test -z "$result"
                      DONE
                  - run: { name: Test, command: "printf '%s\n' ./a.py ./b.py ./c.py ./d.py | circleci tests run --command='xargs -n 1 basename | xargs -t -n 1 sh one'" }
                  - store_test_results: { path: . }
              other:
                docker: [{ image: cimg/base:stable }]
                steps: [run: "false"]
            workflows:
              check: { jobs: [test] }
              untested: { jobs: [other] }
            """;
        using var repository = await PipelineRepository.With(Tested);
        var first = await repository.Run("run", "check");
        Assert.True(first.Code == ExitCode.Failed && first.Error.Contains("failed    test", StringComparison.Ordinal), first.Error);
        await repository.Write("fixed", "");

        var again = await repository.Run("rerun", "last", "--failed-tests");

        var logs = (await repository.Run("logs", "2", "test", "Test")).Output;
        Assert.True(again.Code == ExitCode.Done, again.Error + logs);
        Assert.Equal(2, logs.Split("only tests that failed: 2 of 4\n").Length - 1);
        Assert.Equal(["sh one b.py", "sh one d.py"], logs.Split('\n').Where(line => line.Contains("sh one", StringComparison.Ordinal)).Select(line => line.Split("| ")[^1]).Order(StringComparer.Ordinal));
        Assert.StartsWith("error[SB6017]: no job of run 2 stored a test that failed\n", (await repository.Run("rerun", "2", "--failed-tests")).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadArguments, (await repository.Run("rerun", "2", "--failed-tests", "--from-failed")).Code);
    }

    [Fact]
    public async Task A_job_by_its_name_is_repeated_with_what_waits_for_it()
    {
        using var repository = await PipelineRepository.With(Config);
        Assert.Equal(ExitCode.Done, (await repository.Run("run", "deliver")).Code);

        var again = await repository.Run("rerun", "last", "--job", "apply");

        Assert.Equal(ExitCode.Done, again.Code);
        Assert.Contains("started   apply\n", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("plan", again.Error, StringComparison.Ordinal);
        var wrong = await repository.Run("rerun", "last", "--job", "aply");
        Assert.StartsWith("error[SB6012]: run 2 has no job `aply`\nhint: did you mean `apply`?\n", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadArguments, (await repository.Run("rerun", "last", "--job", "apply", "--from-failed")).Code);
    }
}
