using Signalbox.CircleCi.Compilation;
using Signalbox.CircleCi.Execution.Runs;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.CircleCi.Runs;

public sealed class JobVariableTests
{
    private static readonly VariableSources Sources = new()
    {
        Project = [new("A", "project"), new("B", "project"), new("SHORT", "abc"), new("FLAG", "false")],
        Contexts = new Dictionary<string, ValueList<Variable>>(StringComparer.Ordinal)
        {
            ["one"] = [new("B", "one-b"), new("C", "one-c"), new("CI", "not mine")],
            ["two"] = [new("C", "two-c")],
        },
    };

    [Fact]
    public void A_later_context_wins_over_an_earlier_one_and_the_built_in_variables_over_all()
    {
        var merged = JobVariables.Merge(Sources, ["one", "two"], [new("CI", "true")]);

        Assert.Equal(["A=project", "B=one-b", "C=two-c", "CI=true", "FLAG=false", "SHORT=abc"], merged.Select(variable => $"{variable.Name}={variable.Value}"));
    }

    [Fact]
    public void Only_the_contexts_of_the_job_are_there() =>
        Assert.DoesNotContain(JobVariables.Merge(Sources, ["two"], []), variable => variable.Value.StartsWith("one", StringComparison.Ordinal));

    [Fact]
    public void Short_values_and_plain_booleans_are_not_secrets() =>
        Assert.Equal(["project", "one-b", "one-c", "not mine"], JobVariables.Secrets(Sources, ["one"]));

    [Theory]
    [InlineData("git@github.com:lever/frame.git", "gh/lever/frame", "https://github.com/lever/frame")]
    [InlineData("https://github.com/lever/frame", "gh/lever/frame", "https://github.com/lever/frame")]
    [InlineData("ssh://git@bitbucket.org:22/lever/frame.git", "bb/lever/frame", "https://bitbucket.org/lever/frame")]
    [InlineData("https://user@gitlab.com/a/b/frame.git/", "gl/a/b/frame", "https://gitlab.com/a/b/frame")]
    [InlineData("", "local/people/frame", "")]
    public void The_project_is_named_by_where_origin_points(string remote, string slug, string web)
    {
        var project = ProjectIdentity.Of(remote, "/home/people/frame");

        Assert.Equal(slug, project.Slug);
        Assert.Equal(web, project.WebUrl);
    }
}
