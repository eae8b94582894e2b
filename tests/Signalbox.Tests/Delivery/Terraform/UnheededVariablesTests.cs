using Signalbox.Delivery.Terraform;
using Xunit;

namespace Signalbox.Tests.Delivery.Terraform;

public sealed class UnheededVariablesTests
{
    [Fact]
    public void Another_workspace_and_other_arguments_are_told_of_without_what_they_say()
    {
        var problems = UnheededVariables.In(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TF_WORKSPACE"] = "staging",
            ["TF_CLI_ARGS_plan"] = "-var=password=hunter22",
            ["TF_CLI_ARGS"] = "-no-color",
            ["TF_VAR_name"] = "prod",
        });

        Assert.Equal(
            [
                "`TF_CLI_ARGS` would add arguments behind the plan's back; Terraform is not given it",
                "`TF_CLI_ARGS_plan` would add arguments behind the plan's back; Terraform is not given it",
                "`TF_WORKSPACE` selects `staging`, and an environment is the default workspace of its root module",
            ],
            problems.Select(problem => problem.Message));
    }

    [Theory]
    [InlineData("TF_WORKSPACE", "default")]
    [InlineData("TF_WORKSPACE", "")]
    [InlineData("TF_CLI_ARGS", "")]
    [InlineData("TF_CLI_CONFIG_FILE", "terraform.rc")]
    public void What_changes_nothing_is_not(string name, string value) =>
        Assert.Empty(UnheededVariables.In(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value }));
}
