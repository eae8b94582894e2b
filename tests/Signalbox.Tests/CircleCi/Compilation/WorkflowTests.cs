using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

public sealed class WorkflowTests
{
    [Fact]
    public async Task A_matrix_names_its_jobs_by_the_alphabet_of_its_parameters()
    {
        var compiled = await Compiled.Of(Workflow("""
                  - test:
                      matrix:
                        alias: all
                        parameters: {version: ["0.1", "0.2"], platform: [macos, linux]}
                        exclude: [{version: "0.2", platform: macos}]
                  - build: {requires: [all]}
                  - test: {name: "t-<< matrix.version >>", platform: linux, matrix: {alias: named, parameters: {version: ["9"]}}, context: ["c-<< matrix.version >>"], requires: ["test-linux-0.<< matrix.version == \"9\" and 1 or 2 >>"]}
            """));

        Assert.Equal("test-macos-0.1 test-linux-0.1 test-linux-0.2 build(test-macos-0.1,test-linux-0.1,test-linux-0.2) t-9(test-linux-0.1)", compiled.Graph("w"));
        Assert.Equal("0.1 macos", compiled.Text("jobs|test-macos-0.1|steps|0|run|command"));
    }

    [Theory]
    [InlineData("matrix: {parameters: {version: one}}", "SB1090")]
    [InlineData("matrix: {parameters: {}}", "SB1090")]
    [InlineData("matrix: {parameters: {other: [x]}, alias: a}, version: v, platform: p", "SB1033")]
    [InlineData("platform: p, matrix: {parameters: {version: [\"1\"]}, exclude: [{version: \"2\"}]}", "SB1093")]
    [InlineData("matrix: {parameters: {version: [\"1\"], platform: [a]}, exclude: [{version: \"1\"}]}", "SB1093")]
    public async Task A_wrong_matrix_is_refused(string matrix, string code) =>
        Assert.Equal(code, await Compiled.Errors(Workflow($"      - test: {{{matrix}}}\n")));

    [Fact]
    public async Task Equal_names_are_numbered_and_the_second_may_require_the_first()
    {
        Assert.Equal("build-1 build-2(build-1) test", (await Compiled.Of(Workflow("      - build\n      - build: {requires: [build]}\n      - test: {version: v, platform: p}\n"))).Graph("w"));
        Assert.Equal("build-1 build-2 last(build-1)", (await Compiled.Of(Workflow("      - build\n      - build\n      - build: {name: last, requires: [build-1]}\n"))).Graph("w"));
    }

    [Fact]
    public async Task A_name_that_two_others_have_is_ambiguous() =>
        Assert.Contains("Job 'bug' requires 'build', which is the name of 2 other jobs in workflow 'w'", await Compiled.Messages(Workflow("      - build\n      - build\n      - build: {name: bug, requires: [build]}\n")), StringComparison.Ordinal);

    [Theory]
    [InlineData("      - build: {requires: [biuld]}\n", "SB1080")]
    [InlineData("      - build: {name: a, requires: [b]}\n      - build: {name: b, requires: [a]}\n", "SB1082 SB1082")]
    [InlineData("      - build: {requires: [{test: failure}]}\n      - test: {version: v, platform: p}\n", "SB1083")]
    [InlineData("      - biuld\n", "SB1060")]
    [InlineData("      - build: {type: no-op}\n", "SB1063")]
    [InlineData("      - build:\n        requires: [test]\n", "SB1070")]
    [InlineData("      - build: {filters: {branch: {only: main}}}\n", "SB1084")]
    [InlineData("      - build: {filters: {tags: {only: /v(/}}}\n", "SB1086")]
    [InlineData("      - build: {serial-group: a b}\n", "SB1110")]
    public async Task A_wrong_entry_is_refused(string entries, string codes) => Assert.Equal(codes, await Compiled.Errors(Workflow(entries)));

    [Fact]
    public async Task Different_jobs_of_one_name_in_two_workflows_are_kept_apart()
    {
        var compiled = await Compiled.Of("""
            version: 2.1
            jobs: {build: {parameters: {p: {type: string, default: a}}, docker: [{image: x}], steps: [{run: << parameters.p >>}]}}
            workflows: {one: {jobs: [build]}, two: {jobs: [{build: {p: b}}]}, three: {jobs: [build]}}
            """);

        Assert.Equal(("build-1", "build-2", "build-1"), (compiled.Graph("one"), compiled.Graph("two"), compiled.Graph("three")));
        Assert.Equal("b", compiled.Text("jobs|build-2|steps|0|run|command"));
    }

    [Fact]
    public async Task Pre_and_post_steps_stand_around_all_others_and_belong_to_the_workflow()
    {
        var compiled = await Compiled.Of(Workflow("""
                  - test: {platform: p, matrix: {parameters: {version: [a]}}, pre-steps: [{run: "before << matrix.version >>"}], post-steps: [{run: {command: after, when: always}}]}
            """));

        Compiled.Same("[{run: {command: before a}}, {run: {command: a p}}, {run: {command: after, when: always}}]", compiled.At("jobs|test-a|steps"));
    }

    [Fact]
    public async Task A_serial_group_is_a_lock_before_and_an_unlock_after_however_it_ends()
    {
        var compiled = await Compiled.Of(Workflow("      - build\n      - test: {version: v, platform: p, requires: [build], serial-group: \"deploy/<< pipeline.number >>\"}\n      - build: {name: last, requires: [test]}\n"));

        Assert.Equal("build test-lock(build) test(test-lock) test-unlock(test:terminal) last(test)", compiled.Graph("w"));
        Compiled.Same("{type: lock, key: deploy/1}", compiled.At("jobs|test-lock"));
        Compiled.Same("{type: unlock, key: deploy/1}", compiled.At("jobs|test-unlock"));
    }

    [Fact]
    public async Task Statuses_approvals_and_contexts_survive()
    {
        var compiled = await Compiled.Of(Workflow("      - build\n      - hold: {type: approval, requires: build}\n      - test: {version: v, platform: p, context: [a, b], requires: [{hold: [success, failed]}, {build: terminal}]}\n"));

        Assert.Equal("build hold(build) test(hold:success+failed,build:terminal)", compiled.Graph("w"));
        Compiled.Same("{type: approval, requires: [build]}", compiled.Jobs("w").Single(job => job.Name == "hold").Value);
        Assert.Null(compiled.At("jobs|hold"));
    }

    [Fact]
    public async Task Without_workflows_the_job_build_is_one()
    {
        Assert.Equal("build", (await Compiled.Of("version: 2.1\njobs: {build: {docker: [{image: x}], steps: [checkout]}}\n")).Graph("workflow"));
        Assert.Contains("Cannot find a job named `build` to run in the `jobs:` section of your configuration file.", await Compiled.Messages("version: 2.1\njobs: {test: {docker: [{image: x}], steps: [checkout]}}\n"), StringComparison.Ordinal);
    }

    private static string Workflow(string entries) => $$$$"""
        version: 2.1
        jobs:
          build: {docker: [{image: x}], steps: [checkout]}
          test:
            parameters: {version: {type: string}, platform: {type: string}}
            docker: [{image: x}]
            steps: [{run: << parameters.version >> << parameters.platform >>}]
        workflows:
          w:
            jobs:
        """ + "\n" + entries;
}
