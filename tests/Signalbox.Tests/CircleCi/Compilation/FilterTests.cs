using Signalbox.CircleCi.Compilation.Workflows;
using Signalbox.Tests.CircleCi.Syntax;
using Xunit;

namespace Signalbox.Tests.CircleCi.Compilation;

public sealed class FilterTests
{
    [Theory]
    [InlineData("~", "main", null, true)]
    [InlineData("~", null, "v1", false)]
    [InlineData("{branches: {only: main}}", "main", null, true)]
    [InlineData("{branches: {only: main}}", "mainly", null, false)]
    [InlineData("{branches: {only: [x, /ma.*/]}}", "mainly", null, true)]
    [InlineData("{branches: {only: /ai/}}", "main", null, false)]
    [InlineData("{branches: {ignore: main}}", "main", null, false)]
    [InlineData("{branches: {ignore: main}}", "dev", null, true)]
    [InlineData("{branches: {only: main, ignore: main}}", "main", null, true)]
    [InlineData("{branches: {only: main}}", null, "v1", false)]
    [InlineData("{tags: {only: /v.*/}}", null, "v1", true)]
    [InlineData("{tags: {only: /v.*/}}", "main", null, true)]
    [InlineData("{tags: {ignore: /v.*/}}", null, "w1", true)]
    [InlineData("{branches: {ignore: /.*/}, tags: {only: /v.*/}}", "main", null, false)]
    [InlineData("{branches: {ignore: /.*/}, tags: {only: /v.*/}}", null, "v1", true)]
    public void A_filter_lets_a_job_run(string filters, string? branch, string? tag, bool runs) =>
        Assert.Equal(runs, WorkflowPruning.Runs(YamlText.Read(filters), branch, tag));

    [Fact]
    public async Task Who_required_a_job_that_is_gone_forgets_it_and_goes_too_if_it_required_nothing_else()
    {
        var compiled = await Compiled.Of(Config("[a, {b: {filters: {branches: {only: other}}}}, {c: {requires: [a, b]}}, {d: {requires: [b]}}, {e: {requires: [d]}}]"));

        Assert.Equal("a c(a)", WorkflowPruning.ForPipeline(compiled, "main", tag: null).Graph("w"));
        Assert.Equal("a b c(a,b) d(b) e(d)", WorkflowPruning.ForPipeline(compiled, "other", tag: null).Graph("w"));
        var onTag = WorkflowPruning.ForPipeline(compiled, branch: null, "v1");
        Assert.Empty(onTag.Workflows);
        Assert.Empty(onTag.Jobs!.Entries);
    }

    [Fact]
    public async Task An_expression_is_decided_at_once_and_holds_for_tags_too()
    {
        var config = Config("[{a: {filters: pipeline.git.branch}}, {b: {filters: 'pipeline.git.tag starts-with \"v\"'}}, {c: {requires: [b]}}]");

        Assert.Equal("a", WorkflowPruning.ForPipeline(await Compiled.Of(config, ("pipeline.git.branch", "main")), "main", tag: null).Graph("w"));
        var onTag = await Compiled.Of(config, ("pipeline.git.tag", "v1"));
        Assert.Equal("b c(b)", onTag.Graph("w"));
        Assert.Equal("b", WorkflowPruning.ForPipeline(onTag, branch: null, "v1").Graph("w"));
    }

    private static string Config(string jobs) => $$$$"""
        version: 2.1
        jobs: {a: &job {docker: [{image: x}], steps: [checkout]}, b: *job, c: *job, d: *job, e: *job}
        workflows: {w: {jobs: {{{{jobs}}}}}}
        """;
}
