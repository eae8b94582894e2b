using Signalbox.Diagnostics;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Serving;
using Signalbox.Sandbox.Edge.Walking;
using Xunit;

namespace Signalbox.Tests.Sandbox.Edge;

/// <summary>A response headers policy adds to every answer of the behaviour that names it, and to no other's.</summary>
public sealed class HeadersPolicyTests
{
    private static readonly Distribution Attached = WiredAccount.Distribution with
    {
        Behaviours =
        [
            new Behaviour("/static/*", "alb", ForwardsHost: true, []),
            new Behaviour("", "alb", ForwardsHost: true, [], HeadersPolicyId: "parked"),
        ],
    };

    [Theory]
    [InlineData("/", 503, "Retry-After: 600")]
    [InlineData("/", 200, "Retry-After: 600")]
    [InlineData("/static/site.css", 503, "")]
    public void It_follows_the_path_and_not_the_status(string path, int status, string expected) =>
        Assert.Equal(expected, Headers(Adding(overrides: true), path, Reply.Of(status, "awselb/2.0", "text/html", "")));

    [Theory]
    [InlineData(true, "Retry-After: 600")]
    [InlineData(false, "retry-after: 5")]
    public void The_origins_own_header_gives_way_when_the_policy_overrides_it(bool overrides, string expected) =>
        Assert.Equal(expected, Headers(Adding(overrides), "/", Reply.Of(503, "awselb/2.0", "text/html", "", ("retry-after", "5"))));

    [Fact]
    public void A_policy_that_the_account_does_not_have_adds_nothing() =>
        Assert.Equal("", Headers(WiredAccount.View, "/", Reply.Of(503, "awselb/2.0", "text/html", "")));

    private static AccountView Adding(bool overrides) => WiredAccount.View with
    {
        HeadersPolicies = new Dictionary<string, ValueList<AddedHeader>>(StringComparer.Ordinal) { ["parked"] = [new AddedHeader("Retry-After", "600", overrides)] },
    };

    private static string Headers(AccountView view, string path, Reply reply)
    {
        var walk = new EdgeWalker(view with { Distributions = [Attached] }, DateTimeOffset.UnixEpoch).ThroughCloudFront(Visit.To(new Uri($"https://{WiredAccount.Host}{path}")));
        var answered = CloudFrontFace.Through(reply, walk, requestId: "1").Headers.Where(header => string.Equals(header.Name, "Retry-After", StringComparison.OrdinalIgnoreCase));
        return string.Join('\n', answered.Select(header => $"{header.Name}: {header.Value}"));
    }
}
