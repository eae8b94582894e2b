using System.Text.Json.Nodes;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.Prod;

/// <summary>What answers for the hostnames of the applied environment, asked with curl as a person would.</summary>
[Collection(AppliedOnce.Name)]
public sealed class ProdEdge(AppliedEnvironment environment)
{
    private const string Curl =
        "curl --silent --include --noproxy '*' --max-time 20 --cacert \"$SIGNALBOX_EDGE_AUTHORITY\" --connect-to \"::$SIGNALBOX_EDGE\"";

    [Theory]
    [InlineData("portal", "/healthcheck", "blog-portal:portal-")]
    [InlineData("pipelines", "/api/health", "blog-data:prefect-3-")]
    public async Task Both_hosts_ask_to_log_in_through_CloudFront_and_are_healthy_behind_it(string host, string health, string image)
    {
        await environment.Reset();

        var trace = Must(await environment.Signalbox("sandbox", "trace", $"{host}.rocketclub.online", "--json"));
        var login = await environment.Shell($"{Curl} https://{host}.rocketclub.online/");
        var behind = await environment.Shell($"{Curl} https://{(string?)JsonNode.Parse(trace.Answer)!["service"]}{health}");

        Assert.All(JsonNode.Parse(trace.Answer)!["hops"]!.AsArray(), hop => Assert.NotNull((string?)hop!["resource"]));
        Assert.Contains("HTTP/2 302", login.Answer, StringComparison.Ordinal);
        Assert.Contains("location: https://rocketclub.kinde.com/oauth2/auth?client_id=", login.Answer, StringComparison.Ordinal);
        Assert.Contains("x-cache: Miss from cloudfront", login.Answer, StringComparison.Ordinal);
        Assert.Contains("HTTP/2 200", behind.Answer, StringComparison.Ordinal);
        Assert.Contains(image, behind.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_tasks_is_found_behind_the_login_and_named()
    {
        await environment.Reset();
        await environment.Shell("aws ecs update-service --cluster blog --service portal --desired-count 0");

        var trace = await environment.Signalbox("sandbox", "trace", "portal.rocketclub.online");

        Assert.Equal(1, trace.Code);
        Assert.EndsWith("It breaks at the service. Mend module.portal.aws_ecs_service.this[0].\n", trace.Answer, StringComparison.Ordinal);
        Assert.Contains("A visitor gets 302", trace.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parked_both_hosts_show_the_parked_page_with_503()
    {
        await environment.Reset();
        Must(await environment.Wrapper("park"));

        var portal = await environment.Shell($"{Curl} https://portal.rocketclub.online/any/page");
        var pipelines = await environment.Shell($"{Curl} https://pipelines.rocketclub.online/api/health");
        var trace = await environment.Signalbox("sandbox", "trace", "portal.rocketclub.online");

        Assert.All([portal.Answer, pipelines.Answer], answer =>
        {
            Assert.Contains("HTTP/2 503", answer, StringComparison.Ordinal);
            Assert.Contains("<title>Parked</title>", answer, StringComparison.Ordinal);
            Assert.Contains($"so on {DateTime.UtcNow:d MMMM yyyy}, ", answer, StringComparison.Ordinal);
            Assert.Contains("retry-after: 600", answer, StringComparison.Ordinal);
            Assert.Contains("x-cache: Error from cloudfront", answer, StringComparison.Ordinal);
        });
        Assert.Contains("module.alb.aws_lb_listener_rule.parked[0]", trace.Answer, StringComparison.Ordinal);
    }
}
