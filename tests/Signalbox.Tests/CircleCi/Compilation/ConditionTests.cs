using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("0", false)]
    [InlineData("12", true)]
    [InlineData("\"\"", false)]
    [InlineData("\"false\"", true)]
    [InlineData("<< pipeline.git.tag >>", false)]
    [InlineData("{and: [true, 1]}", true)]
    [InlineData("{and: [true, 0]}", false)]
    [InlineData("{or: [0, \"\", x]}", true)]
    [InlineData("{not: \"\"}", true)]
    [InlineData("{equal: [7, << pipeline.number >>]}", true)]
    [InlineData("{equal: [\"7\", << pipeline.number >>]}", false)]
    [InlineData("{equal: [\"\", << pipeline.git.tag >>]}", true)]
    [InlineData("{equal: [one]}", true)]
    [InlineData("{matches: {pattern: \"^ma.*$\", value: << pipeline.git.branch >>}}", true)]
    [InlineData("{matches: {pattern: \"ma\", value: << pipeline.git.branch >>}}", false)]
    [InlineData("{matches: {pattern: \"(?!x)m(a)in\", value: << pipeline.git.branch >>}}", true)]
    [InlineData("{or: [{not: true}, {and: [{equal: [main, << pipeline.git.branch >>]}]}]}", true)]
    public async Task A_logic_statement_decides(string condition, bool isTrue)
    {
        var steps = (await Compiled.Of($$$$"""
            version: 2.1
            jobs:
              build:
                docker: [{image: x}]
                steps:
                  - when: {condition: {{{{condition}}}}, steps: [{run: when}]}
                  - unless: {condition: {{{{condition}}}}, steps: [{run: unless}]}
            """, Given)).At("jobs|build|steps");

        Compiled.Same($"[{{run: {{command: {(isTrue ? "when" : "unless")}}}}}]", steps);
    }

    [Theory]
    [InlineData("{and: []}")]
    [InlineData("[a, b]")]
    [InlineData("{xor: [a]}")]
    [InlineData("{and: [a], or: [b]}")]
    [InlineData("{}")]
    [InlineData("{matches: {pattern: a}}")]
    [InlineData("{matches: {pattern: a, value: b, flags: c}}")]
    public async Task A_wrong_statement_is_refused(string condition) =>
        Assert.Equal("SB1072", await Compiled.Errors($$$$"""
            version: 2.1
            jobs: {build: {docker: [{image: x}], steps: [checkout, {when: {condition: {{{{condition}}}}, steps: [checkout]}}]}}
            """));

    [Theory]
    [InlineData("pipeline.git.branch == \"main\"", true)]
    [InlineData("pipeline.git.tag != \"v1\"", false)]
    [InlineData("pipeline.number == 0 or 0", true)]
    [InlineData("pipeline.parameters.empty", true)]
    [InlineData("<< pipeline.parameters.empty >>", false)]
    [InlineData("|\n      pipeline.git.branch matches /m.+/\n      and not pipeline.git.tag", true)]
    [InlineData("{equal: [main, << pipeline.git.branch >>]}", true)]
    public async Task A_workflow_is_kept_by_an_expression_or_a_statement(string condition, bool isKept)
    {
        var kept = await Compiled.Of(Workflow($"when: {condition}"), Given);
        var dropped = await Compiled.Of(Workflow($"unless: {condition}"), Given);

        Assert.Equal(isKept, kept.At("workflows|w") is not null);
        Assert.Equal(!isKept, dropped.At("workflows|w") is not null);
        Assert.Equal(isKept, kept.At("jobs|build") is not null);
    }

    [Fact]
    public async Task Conditions_of_a_workflow_that_are_wrong_are_refused()
    {
        Assert.Equal("SB1071", await Compiled.Errors(Workflow("when: true\n    unless: true")));
        Assert.Equal("SB1074", await Compiled.Errors(Workflow("when: pipeline.git.branch == 'main'")));
        Assert.Equal("SB1074", await Compiled.Errors(Workflow("when: pipeline.git.brnch")));
    }

    [Fact]
    public async Task An_executor_compares_by_its_name()
    {
        var compiled = await Compiled.Of("""
            version: 2.1
            executors: {one: {docker: [{image: a}]}, two: {parameters: {tag: {type: string}}, docker: [{image: "b:<< parameters.tag >>"}]}}
            jobs:
              build:
                parameters: {e: {type: executor, default: one}}
                executor: << parameters.e >>
                steps: [{when: {condition: {equal: [one, << parameters.e >>]}, steps: [{run: in one}]}}, {run: on << parameters.e >>}]
            workflows: {w: {jobs: [build, {build: {name: other, e: {name: two, tag: "3"}}}]}}
            """);

        Compiled.Same("{docker: [{image: a}], steps: [{run: {command: in one}}, {run: {command: on one}}]}", compiled.At("jobs|build"));
        Compiled.Same("{docker: [{image: b:3}], steps: [{run: {command: on two}}]}", compiled.At("jobs|other"));
    }

    private static (string, string)[] Given => [("pipeline.number", "7"), ("pipeline.git.branch", "main")];

    private static string Workflow(string condition) => $$$$"""
        version: 2.1
        parameters: {empty: {type: string, default: ""}}
        jobs: {build: {docker: [{image: x}], steps: [{run: "echo << pipeline.parameters.empty >>"}]}}
        workflows:
          w:
            {{{{condition}}}}
            jobs: [build]
        """;
}
