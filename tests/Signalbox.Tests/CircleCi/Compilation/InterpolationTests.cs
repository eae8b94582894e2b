using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

public sealed class InterpolationTests
{
    [Theory]
    [InlineData("echo <<pipeline.number>>", "echo 7")]
    [InlineData("<< pipeline.git.branch >>", "main")]
    [InlineData("cat \\<<EOF", "cat <<EOF")]
    [InlineData("echo << pipeline.git.branch >> >> file", "echo main >> file")]
    [InlineData("a<< pipeline.git.tag >>b", "ab")]
    [InlineData("<<# pipeline.git.branch >>on <</ pipeline.git.branch >>it", "on it")]
    [InlineData("<<#pipeline.git.tag>>tag <</pipeline.git.tag>>it", "it")]
    [InlineData("<<^ pipeline.git.tag >>no tag<</ pipeline.git.tag >>", "no tag")]
    [InlineData("size << pipeline.git.branch == \"main\" and \"large\" or \"small\" >>", "size large")]
    [InlineData("<< pipeline.git.branch.is_default >>!", "true!")]
    public async Task A_text_has_its_references_in_place(string written, string expected) =>
        Assert.Equal(expected, (await Compiled.Of(Running(written), Given)).Text("jobs|build|steps|0|run|command"));

    [Theory]
    [InlineData("cat <<EOF", "SB1020", "Unclosed '<<' tag in string: 'cat <<EOF'")]
    [InlineData("<< parameters.nothing >>", "SB1028", "Arguments referenced without declared parameters: parameters.nothing")]
    [InlineData("<< pipeline.nothing >>", "SB1027", "Unknown variable(s): pipeline.nothing")]
    [InlineData("<< id >>", "SB1027", "Unknown variable(s): id")]
    [InlineData("<< >>", "SB1027", "this tag is empty")]
    [InlineData("<<# pipeline.number >>x", "SB1024", "the section `pipeline.number` is not opened and closed in pairs")]
    [InlineData("<< pipeline.number == >>", "SB1022", "this expression ends too early (Parser/EXPECTED_EXPRESSION)")]
    public async Task A_wrong_reference_is_refused(string written, string code, string message)
    {
        var problem = Assert.Single((await Compiled.Try(Running(written), Given)).Diagnostics);

        Assert.Equal(code, problem.Rule.Code);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_reference_is_shown_where_it_stands_in_a_block()
    {
        var problem = Assert.Single((await Compiled.Try("""
            version: 2.1
            jobs:
              build:
                docker: [{image: x}]
                steps:
                  - run: |
                      echo one
                      echo << pipeline.git.brnch >>
            """)).Diagnostics);

        Assert.Equal((8, 16), problem.Location!.Start);
        Assert.Equal("did you mean `pipeline.git.branch`?", problem.Hint);
    }

    [Fact]
    public async Task A_whole_reference_keeps_its_type()
    {
        var compiled = await Compiled.Of("""
            version: 2.1
            jobs:
              build:
                parameters: {flag: {type: boolean, default: true}}
                docker: [{image: x}]
                parallelism: << pipeline.git.branch == "main" and 10 or 1 >>
                environment: {FLAG: << parameters.flag >>, TEXT: "is << parameters.flag >>", TAG: << pipeline.git.tag >>, IN: "v<< pipeline.git.tag >>"}
                steps: [{run: {command: echo << parameters.flag >>, background: << parameters.flag >>}}]
            """, Given);

        Compiled.Same("10", compiled.At("jobs|build|parallelism"));
        Compiled.Same("{FLAG: true, TEXT: is true, TAG: <nil>, IN: v<nil>}", compiled.At("jobs|build|environment"));
        Compiled.Same("{command: echo true, background: true}", compiled.At("jobs|build|steps|0|run"));
    }

    [Fact]
    public async Task Version_2_substitutes_nothing()
    {
        var compiled = await Compiled.Of("""
            version: 2
            jobs:
              build:
                docker: [{image: x}]
                steps: [{run: "cat <<EOF << parameters.x >>"}]
            """);

        Assert.Equal("cat <<EOF << parameters.x >>", compiled.Text("jobs|build|steps|0|run|command"));
    }

    [Fact]
    public async Task Keys_are_not_substituted() =>
        Assert.Equal("SB1023", await Compiled.Errors("""
            version: 2.1
            jobs: {build: {docker: [{image: x}], environment: {"<< pipeline.id >>": x}, steps: [checkout]}}
            """));

    private static (string, string)[] Given => [("pipeline.number", "7"), ("pipeline.git.branch", "main"), ("pipeline.git.branch.is_default", "true")];

    private static string Running(string command) => $$$$"""
        version: 2.1
        jobs:
          build:
            docker: [{image: x}]
            steps:
              - run: '{{{{command}}}}'
        """;
}
