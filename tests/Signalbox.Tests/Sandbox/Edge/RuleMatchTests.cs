using System.Text.RegularExpressions;
using CsCheck;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Walking;
using Xunit;

namespace Signalbox.Tests.Sandbox.Edge;

public sealed class RuleMatchTests
{
    [Fact]
    public void A_pattern_matches_what_the_same_regular_expression_matches() =>
        Gen.Select(Gen.String[Gen.Char["ab*?"], 0, 8], Gen.String[Gen.Char["ab"], 0, 10]).Sample((pattern, text) =>
        {
            var expression = $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$";
            return Wildcard.Matches(pattern, text, ignoreCase: false) == Regex.IsMatch(text, expression, RegexOptions.None, TimeSpan.FromSeconds(5));
        });

    [Theory]
    [InlineData("host-header", "", "*.example.org", true)]
    [InlineData("host-header", "", "APP.example.org", true)]
    [InlineData("host-header", "", "other.example.org", false)]
    [InlineData("path-pattern", "", "/api/*", true)]
    [InlineData("path-pattern", "", "/API/*", false)]
    [InlineData("http-header", "X-Origin-Key", "secret", true)]
    [InlineData("http-header", "X-Other", "secret", false)]
    [InlineData("http-request-method", "", "GET", true)]
    [InlineData("http-request-method", "", "POST", false)]
    [InlineData("query-string", "", "version=2", true)]
    [InlineData("query-string", "", "3", false)]
    [InlineData("source-ip", "", "10.0.0.0/8", false)]
    [InlineData("source-ip", "", "0.0.0.0/0", true)]
    [InlineData("invented-later", "", "anything", false)]
    public void A_condition_holds_as_a_load_balancer_has_it(string field, string header, string value, bool holds)
    {
        var rule = new ListenerRule("arn", 1, [new RuleCondition(field, header, [value])], []);
        var visit = new Visit("app.example.org", "/api/health", "version=2", "GET", name => name == "X-Origin-Key" ? "secret" : "");

        Assert.Equal(holds, rule.IsFor(visit));
    }
}
