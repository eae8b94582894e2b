using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

public sealed class JobGroupTests
{
    [Fact]
    public async Task A_group_has_a_start_before_its_roots_and_an_end_after_its_leaves()
    {
        var compiled = await Compiled.Of(Config("[test, {deliver: {requires: [test], filters: {branches: {only: main}}}}, {last: {requires: [deliver]}}]"));

        Assert.Equal("test deliver-group-start(test) plan(deliver-group-start) hold(plan) apply(hold) deliver-group-end(apply) last(deliver-group-end)", compiled.Graph("w"));
        Compiled.Same("{type: no-op}", compiled.At("jobs|deliver-group-start"));
        Compiled.Same("{requires: [test], filters: {branches: {only: main}}}", compiled.Jobs("w").Single(job => job.Name == "deliver-group-start").Value);
    }

    [Fact]
    public async Task A_serial_group_locks_the_whole_group() =>
        Assert.Equal("deliver-lock plan(deliver-lock) hold(plan) apply(hold) deliver-group-end(apply) deliver-unlock(deliver-group-end:terminal)", (await Compiled.Of(Config("[{deliver: {serial-group: prod}}]"))).Graph("w"));

    [Fact]
    public async Task Two_invocations_need_names_which_go_before_the_inner_ones()
    {
        var compiled = await Compiled.Of(Config("[{deliver: {name: a}}, {deliver: {name: b, requires: [a]}}]"));

        Assert.Equal("a-group-start a-plan(a-group-start) a-hold(a-plan) a-apply(a-hold) a-group-end(a-apply) b-group-start(a-group-end) b-plan(b-group-start) b-hold(b-plan) b-apply(b-hold) b-group-end(b-apply)", compiled.Graph("w"));
        Assert.Contains("SB1106", await Compiled.Errors(Config("[deliver, deliver]")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{deliver: {matrix: {parameters: {a: [b]}}}}]", "SB1101")]
    [InlineData("[{deliver: {context: c}}]", "SB1101")]
    [InlineData("[{deliver: {anything: c}}]", "SB1101")]
    [InlineData("[deliver, {last: {requires: [apply]}}]", "SB1105")]
    public async Task A_wrong_invocation_is_refused(string jobs, string code) => Assert.Equal(code, await Compiled.Errors(Config(jobs)));

    [Theory]
    [InlineData("deliver: {jobs: [plan], parameters: {}}", "SB1100")]
    [InlineData("deliver: {jobs: []}", "SB1100")]
    [InlineData("deliver: {jobs: [plan, other]}, other: {jobs: [apply]}", "SB1102")]
    [InlineData("deliver: {jobs: [plan]}, plan: {jobs: [apply]}", "SB1102 SB1103")]
    [InlineData("deliver: {jobs: [{plan: {serial-group: x}}]}", "SB1104")]
    [InlineData("deliver: {jobs: [{plan: {requires: [test]}}]}", "SB1105")]
    public async Task A_wrong_group_is_refused(string groups, string codes)
    {
        var found = await Compiled.Errors(Config("[test, deliver]", groups));

        Assert.Equal(codes, string.Join(' ', found.Split(' ').Where(code => code != "SB1060").Order(StringComparer.Ordinal)));
    }

    private static string Config(string jobs, string groups = "deliver: {jobs: [plan, {hold: {type: approval, requires: [plan]}}, {apply: {requires: [hold]}}]}") => $$$$"""
        version: 2.1
        jobs:
          test: &job {docker: [{image: x}], steps: [checkout]}
          plan: *job
          apply: *job
          last: *job
        job-groups: { {{{{groups}}}} }
        workflows: {w: {jobs: {{{{jobs}}}}}}
        """;
}
