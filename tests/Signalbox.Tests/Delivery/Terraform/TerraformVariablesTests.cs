using Signalbox.Delivery.Terraform;
using Xunit;

namespace Signalbox.Tests.Delivery.Terraform;

public sealed class TerraformVariablesTests
{
    [Fact]
    public void Providers_collect_seldom_within_a_limit_on_this_machines_memory()
    {
        var variables = Given();

        Assert.Equal("400", variables["GOGC"]);
        Assert.Matches("^[0-9]{3,}MiB$", variables["GOMEMLIMIT"]);
    }

    [Theory]
    [InlineData("GOGC", "50")]
    [InlineData("GOMEMLIMIT", "200MiB")]
    public void Whoever_says_it_otherwise_is_left_alone(string name, string value)
    {
        var variables = Given((name, value));

        Assert.Equal(value, variables[name]);
        Assert.False(variables.ContainsKey("GOGC") && variables.ContainsKey("GOMEMLIMIT"));
    }

    private static Dictionary<string, string> Given(params (string Name, string Value)[] variables) =>
        TerraformVariables.Common(variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal));
}
