using System.Text.Json.Nodes;
using Signalbox.Cli;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

/// <summary>The program as a person uses it, with real jobs.</summary>
public sealed class RunProgramTests
{
    private const string Config = """
        version: 2.1
        parameters:
          release-mode: { type: boolean, default: false }
        jobs:
          plan:
            docker: [{ image: cimg/base:stable }]
            steps:
              - checkout
              - run: mkdir out && echo "planned by $CIRCLE_USERNAME" > out/plan
              - persist_to_workspace: { root: out, paths: [plan] }
          apply:
            docker: [{ image: cimg/base:stable }]
            steps:
              - attach_workspace: { at: out }
              - run: { name: Apply, command: cat out/plan }
          broken:
            docker: [{ image: cimg/base:stable }]
            steps:
              - run: { name: Break, command: "echo it is broken; exit 7" }
        workflows:
          deliver:
            unless: << pipeline.parameters.release-mode >>
            jobs:
              - plan
              - hold: { type: approval, requires: [plan] }
              - apply: { requires: [hold] }
          fails:
            jobs: [broken]
          release:
            when: << pipeline.parameters.release-mode >>
            jobs: [plan]
          scheduled:
            triggers: [{ schedule: { cron: "0 0 * * *", filters: { branches: { only: [main] } } } }]
            jobs: [plan]
        """;

    [Fact]
    public async Task In_a_repository_that_never_heard_of_it_nothing_of_the_programs_own_is_seen_by_git()
    {
        using var repository = await PipelineRepository.With(Config);
        await repository.Shell("git rm -q --cached .gitignore && rm .gitignore && git commit -qm 'No .gitignore' && echo .state >> .git/info/exclude");

        var clean = await repository.Run("run", "release", "--param", "release-mode=true");
        Assert.Equal(ExitCode.Done, clean.Code);
        Assert.DoesNotContain("uncommitted", clean.Error, StringComparison.Ordinal);
        await repository.Write(".signalbox/plan.key", "secret\n");
        await repository.Shell("test -z \"$(git status --porcelain)\"");

        await repository.Write(".signalbox/orbs/acme/tools/1.0.0.yml", "version: 2.1\n");
        await repository.Shell("test \"$(git status --porcelain)\" = '?? .signalbox/'");
        var dirty = await repository.Run("run", "release", "--param", "release-mode=true", "--dirty");
        Assert.True(dirty.Code == ExitCode.Done, dirty.Error);
    }

    [Fact]
    public async Task A_run_holds_with_exit_code_3_and_is_continued_by_an_approval_in_another_process()
    {
        using var repository = await PipelineRepository.With(Config);

        var held = await repository.Run("run", "deliver");
        Assert.Equal(ExitCode.WaitingForAPerson, held.Code);
        Assert.Contains("hint: run `signalbox approve 1 hold` to go on\n", held.Error, StringComparison.Ordinal);

        var over = await repository.Run("approve", "1", "hold");
        Assert.Equal(ExitCode.Done, over.Code);
        Assert.StartsWith("run 1 deliver: success", over.Output, StringComparison.Ordinal);
        Assert.Contains("planned by Ada\n", (await repository.Run("logs", "1", "apply", "Apply")).Output, StringComparison.Ordinal);
        Assert.Equal("Ada", (string?)JsonNode.Parse((await repository.Run("show", "1", "--json")).Output)!["jobs"]![1]!["approved_by"]);

        var twice = await repository.Run("approve", "1", "hold");
        Assert.Equal(ExitCode.Failed, twice.Code);
        Assert.StartsWith("error[SB6013]: `hold` was approved by Ada", twice.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_run_is_canceled_and_what_was_behind_the_hold_does_not_run()
    {
        using var repository = await PipelineRepository.With(Config);
        await repository.Run("run", "deliver");

        var rejected = await repository.Run("reject", "last", "hold");

        Assert.Equal(ExitCode.Failed, rejected.Code);
        Assert.Contains("not_run   apply: `hold` ended canceled\n", rejected.Error, StringComparison.Ordinal);
        Assert.StartsWith("run 1 deliver: canceled", rejected.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_reaches_the_process_that_drives_the_run()
    {
        using var repository = await PipelineRepository.With(Config.Replace("jobs: [broken]", "jobs: [slow, hold: { type: approval }]", StringComparison.Ordinal)
            .Replace("  broken:", "  slow:\n    docker: [{ image: cimg/base:stable }]\n    steps:\n      - run: until [ -e ~/../../../../../../go ]; do sleep 0.05; done\n  broken:", StringComparison.Ordinal));
        var running = repository.Start("run", "fails");
        await running.Until("on hold   hold");

        var approved = await repository.Run("approve", "1", "hold");
        Assert.Equal(("approved hold of run 1\n", ExitCode.Done), (approved.Output, approved.Code));
        await running.Until("approved  hold by Ada");
        await repository.Write("go", "");
        Assert.Equal(ExitCode.Done, (await running.End()).Code);
    }

    [Fact]
    public async Task Logs_are_followed_from_another_process_to_the_end_of_the_run()
    {
        using var repository = await PipelineRepository.With("""
            version: 2.1
            jobs:
              slow:
                docker: [{ image: cimg/base:stable }]
                steps:
                  - run: { name: Wait, command: "echo waiting; until [ -e ~/../../../../../../go ]; do sleep 0.05; done; echo gone" }
                  - run: { name: Then, command: echo done }
            workflows: { w: { jobs: [slow] } }
            """);
        var running = repository.Start("run", "w");
        await running.Until("started   slow");

        var followed = repository.Start("logs", "-f", "1");
        await followed.FirstAnswer("waiting", "\n");
        await repository.Write("go", "");

        var logs = await followed.End();
        Assert.Equal(ExitCode.Done, logs.Code);
        Assert.Equal(["waiting", "gone", "done"], logs.Output.TrimEnd('\n').Split('\n').Where(line => !line.StartsWith('=')).Select(line => line.Split("| ")[^1]));
        Assert.Equal(ExitCode.Done, (await running.End()).Code);
    }

    [Fact]
    public async Task The_parameters_that_select_a_workflow_are_found_when_it_is_named()
    {
        using var repository = await PipelineRepository.With(Config);

        var run = await repository.Run("run", "release", "--json");

        Assert.Equal(ExitCode.Done, run.Code);
        var lines = run.Output.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal("created", (string?)lines[0]["event"]);
        Assert.All(lines.SkipLast(1), line => Assert.Equal((string?)lines[0]["run"], (string?)line["run"]));
        Assert.Equal(("settled", "success", 0), ((string?)lines[^1]["event"], (string?)lines[^1]["status"], (int)lines[^1]["exit_code"]!));
        var wrong = await repository.Run("run", "release", "--param", "release-mode=false");
        Assert.StartsWith("error[SB1451]: with these parameters the config leaves out the workflow `release`", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_name_all_workflows_that_a_push_starts_run_side_by_side()
    {
        using var repository = await PipelineRepository.With(Config);

        var run = await repository.Run("run", "--approve-all");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal(["deliver", "fails"], JsonNode.Parse((await repository.Run("runs", "--json")).Output)!.AsArray().Select(found => (string?)found!["workflow"]).Order(StringComparer.Ordinal));
        Assert.Contains("failed    broken", run.Error, StringComparison.Ordinal);
        Assert.Contains("hint: run `signalbox logs 2 broken` to read what broken printed\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_s_pipeline_takes_the_config_and_the_filters_of_the_tag()
    {
        using var repository = await PipelineRepository.With("""
            version: 2.1
            jobs:
              build:
                docker: [{ image: cimg/base:stable }]
                steps: [checkout, run: 'echo "tag $CIRCLE_TAG branch ${CIRCLE_BRANCH-none} << pipeline.git.tag >> $(cat version)"']
            workflows:
              release:
                jobs: [build: { filters: { branches: { ignore: /.*/ }, tags: { only: /v.*/ } } }]
            """);
        await repository.Write("version", "one");
        await repository.Shell("git add -A && git commit -qm One && git tag v1 && echo two > version && git commit -qam Two");

        Assert.StartsWith("error[SB1452]", (await repository.Run("run", "release")).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await repository.Run("run", "release", "--tag", "v1")).Code);

        Assert.Contains("tag v1 branch none v1 one\n", (await repository.Run("logs", "last", "build")).Output, StringComparison.Ordinal);
        Assert.StartsWith("error[SB6002]: git knows no `refs/tags/v9`", (await repository.Run("run", "release", "--tag", "v9")).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadArguments, (await repository.Run("run", "release", "--tag", "v1", "--dirty")).Code);
    }

    [Fact]
    public async Task A_pipeline_value_that_is_given_replaces_what_is_known_here()
    {
        using var repository = await PipelineRepository.With(Config.Replace("unless: << pipeline.parameters.release-mode >>", "when: pipeline.trigger.type == \"schedule\"", StringComparison.Ordinal));

        Assert.StartsWith("error[SB1451]", (await repository.Run("run", "deliver")).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await repository.Run("run", "deliver", "--approve-all", "--pipeline-value", "trigger.type=schedule")).Code);

        Assert.Equal(ExitCode.Failed, (await repository.Run("run", "deliver", "--pipeline-value", "trigger.typ=schedule")).Code);
    }

    [Fact]
    public async Task A_commit_that_asks_for_no_pipeline_is_heeded_when_asked_to()
    {
        using var repository = await PipelineRepository.With(Config);
        await repository.Shell("git commit -q --allow-empty -m 'Mend the docs [skip ci]'");

        var heeded = await repository.Run("run", "deliver", "--honour-skip");
        Assert.Equal(ExitCode.Done, heeded.Code);
        Assert.Contains("the commit asks for no pipeline (`[skip ci]`): nothing runs\n", heeded.Error, StringComparison.Ordinal);
        Assert.Equal("[]\n", (await repository.Run("runs", "--json")).Output);

        var meant = await repository.Run("run", "deliver", "--approve-all");
        Assert.Equal(ExitCode.Done, meant.Code);
        Assert.StartsWith("note: a push of this commit starts no pipeline", meant.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_context_is_said_before_anything_runs_and_its_secrets_are_masked()
    {
        using var repository = await PipelineRepository.With(Config.Replace("jobs: [broken]", "jobs: [plan: { context: [prod] }]", StringComparison.Ordinal).Replace("mkdir out", "echo token $TOKEN && mkdir out", StringComparison.Ordinal));

        var missing = await repository.Run("run", "fails");
        Assert.Equal(ExitCode.Failed, missing.Code);
        Assert.StartsWith("error[SB6003]: the context `prod` of the job `plan` is not defined here\n", missing.Error, StringComparison.Ordinal);
        Assert.Equal("[]\n", (await repository.Run("runs", "--json")).Output);

        await repository.Write(".signalbox/contexts/prod.env", "TOKEN='open sesame'\n");
        Assert.StartsWith("error[SB6005]:", (await repository.Run("run", "fails")).Error, StringComparison.Ordinal);
        File.SetUnixFileMode(Path.Combine(repository.State, "contexts/prod.env"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(ExitCode.Done, (await repository.Run("run", "fails")).Code);
        Assert.Contains("token ****\n", (await repository.Run("logs", "last", "plan")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run nothing", "error[SB1450]: .circleci/config.yml has no workflow `nothing`")]
    [InlineData("show 7", "error[SB6010]: nothing has run here yet")]
    [InlineData("run deliver --config other.yml", "error[SB6001]:")]
    public async Task What_cannot_be_done_says_why(string line, string error)
    {
        using var repository = await PipelineRepository.With(Config);

        var ended = await repository.Run(line.Split(' '));

        Assert.Equal(ExitCode.Failed, ended.Code);
        Assert.StartsWith(error, ended.Error, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
    }
}
