using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

public sealed class LintTests
{
    [Fact]
    public async Task What_nobody_uses_is_a_warning()
    {
        var result = await Compiled.Try("""
            version: 2.1
            parameters: {used: {type: boolean, default: true}, idle: {type: boolean, default: true}}
            orbs: {tool: {commands: {c: {steps: [checkout]}}}, idle: {commands: {c: {steps: [checkout]}}}}
            executors: {used: {docker: [{image: x}]}, idle: {docker: [{image: x}]}}
            commands:
              used: {parameters: {p: {type: string, default: x}, idle: {type: string, default: x}}, steps: [{run: << parameters.p >>}]}
              idle: {steps: [checkout]}
            jobs:
              build: {executor: used, steps: [used, tool/c]}
              idle: {executor: used, steps: [checkout]}
            workflows: {w: {when: pipeline.parameters.used, jobs: [build]}}
            """);

        Assert.Equal(
            [
                "SB1133 pipeline parameter `idle` is never used", "SB1134 orb `idle` is never used", "SB1132 executor `idle` is never used",
                "SB1133 parameter `idle` of `used` is never used", "SB1131 command `idle` is never invoked", "SB1130 job `idle` is in no workflow",
            ],
            result.Diagnostics.Select(problem => $"{problem.Rule.Code} {problem.Message}"));
        Assert.NotNull(result.Document);
    }

    [Fact]
    public async Task A_name_that_only_a_dropped_workflow_uses_is_used() =>
        Assert.Empty((await Compiled.Try("""
            version: 2.1
            commands: {c: {steps: [checkout]}}
            jobs: {build: {docker: [{image: x}], steps: [{when: {condition: false, steps: [c]}}, checkout]}}
            workflows: {w: {unless: true, jobs: [build]}}
            """)).Diagnostics);

    [Theory]
    [InlineData("3.10", true)]
    [InlineData("1234567", true)]
    [InlineData("0x1F", true)]
    [InlineData("123456", false)]
    [InlineData("3.1", false)]
    [InlineData("\"3.10\"", false)]
    public async Task A_number_that_changes_on_its_way_is_a_warning(string value, bool isTold) =>
        Assert.Equal(isTold ? "SB1135" : "", string.Join(' ', (await Compiled.Try($"version: 2.1\njobs: {{build: {{docker: [{{image: x}}], environment: {{V: {value}}}, steps: [checkout]}}}}\n")).Diagnostics.Select(problem => problem.Rule.Code)));

    [Fact]
    public async Task Suspicious_things_are_warnings_and_compile()
    {
        var result = await Compiled.Try("""
            version: 2.1
            commands: {Install: {steps: [{run: {command: x, comand: y}}]}}
            jobs: {build: {docker: [{image: x}], enviroment: {}, steps: [Install]}}
            workflows: {w: {jobs: [{build: {serial-group: a}}, {build: {name: other, serial-group: a}}], unles: x}}
            """);

        Assert.Equal("SB1017 SB1046 SB1076 SB1111 SB1137", string.Join(' ', result.Diagnostics.Select(problem => problem.Rule.Code).Order(StringComparer.Ordinal)));
        Assert.All(result.Diagnostics, problem => Assert.Equal(Severity.Warning, problem.Rule.Severity));
    }
}
