using System.Net;
using Signalbox.Delivery.Verification;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

/// <summary>Each fault on the way, met by real probes of a real server: the right verdict, and the right hop.</summary>
public sealed class FaultMatrixTests
{
    [Fact]
    public async Task A_whole_way_is_healthy()
    {
        await using var server = new ScriptedServer(TestAuthority.Shared.Certificate(Portal.Host), Portal.Script(Portal.Login, Portal.Health));

        var report = await Portal.Verify(server);

        Assert.IsType<Verdict.Healthy>(report.Verdict);
        Assert.Equal(1, report.Probes);
        Assert.Equal(90, report.Latest!.Certificate!.DaysLeft(DateTimeOffset.UtcNow));
        Assert.All(HopWords.All, hop => Assert.Equal(HopState.Passed, report.StateOf(hop, ExpectedState.Live)));
    }

    [Fact]
    public async Task A_parked_environment_is_healthy_when_parked_is_expected_and_its_service_is_not_asked()
    {
        await using var server = new ScriptedServer(TestAuthority.Shared.Certificate(Portal.Host), Portal.Script(Portal.ParkedPage, new Scripted.Reset()));

        var report = await Portal.Verify(server, expected: ExpectedState.Parked);

        Assert.IsType<Verdict.Healthy>(report.Verdict);
        Assert.Equal(HopState.NotProbed, report.StateOf(Hop.Service, ExpectedState.Parked));
    }

    public static TheoryData<string, string> Answers() => new()
    {
        { "wrong alias: no distribution has the name", "edge" },
        { "wrong origin, or certificate of the origin for another name", "load_balancer" },
        { "the origin does not answer CloudFront", "load_balancer" },
        { "listener rule gone: the default action answers", "load_balancer" },
        { "a rule of lower priority shadows the login", "load_balancer" },
        { "the login is another issuer's", "load_balancer" },
        { "the login is at a host that begins like the issuer's", "load_balancer" },
        { "the login names the issuer as user", "load_balancer" },
        { "the environment is parked, though it should not be", "load_balancer" },
        { "service at 0, or its port closed", "service" },
        { "target port wrong", "service" },
        { "the service answers, but not that it is well", "service" },
        { "the service's answer is cut short", "service" },
        { "the service does not answer in time", "service" },
        { "the login does not answer in time", "load_balancer" },
        { "the answer did not pass CloudFront", "edge" },
        { "the connection is reset", "edge" },
        { "what answers does not speak HTTP", "load_balancer" },
        { "a body of the login is cut short", "load_balancer" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_wrong_answer_names_its_hop(string fault, string hop)
    {
        var script = fault switch
        {
            "wrong alias: no distribution has the name" => Portal.Script(Portal.CloudFrontError(403), Portal.CloudFrontError(403)),
            "wrong origin, or certificate of the origin for another name" => Portal.Script(Portal.CloudFrontError(502), Portal.CloudFrontError(502)),
            "the origin does not answer CloudFront" => Portal.Script(Portal.CloudFrontError(504), Portal.CloudFrontError(504)),
            "listener rule gone: the default action answers" => Portal.Script(Portal.Through(404, "not found"), Portal.Through(404, "not found")),
            "a rule of lower priority shadows the login" => Portal.Script(Portal.Through(200, "hello"), Portal.Health),
            "the login is another issuer's" => Portal.Script(Portal.Redirect("https://other.example.com/oauth2/auth?x=https://login.example.com/oauth2/auth"), Portal.Health),
            "the login is at a host that begins like the issuer's" => Portal.Script(Portal.Redirect("https://login.example.com.evil.example/oauth2/auth"), Portal.Health),
            "the login names the issuer as user" => Portal.Script(Portal.Redirect("https://login.example.com@evil.example/oauth2/auth"), Portal.Health),
            "the environment is parked, though it should not be" => Portal.Script(Portal.ParkedPage, Portal.ParkedPage),
            "service at 0, or its port closed" => Portal.Script(Portal.Login, Portal.ParkedPage),
            "target port wrong" => Portal.Script(Portal.Login, Portal.Through(502)),
            "the service answers, but not that it is well" => Portal.Script(Portal.Login, Portal.Through(200, "sick")),
            "the service's answer is cut short" => Portal.Script(Portal.Login, (Scripted.Answer)Portal.Health with { IsCut = true }),
            "the service does not answer in time" => Portal.Script(Portal.Login, new Scripted.Silence()),
            "the login does not answer in time" => Portal.Script(new Scripted.Silence(), Portal.Health),
            "the answer did not pass CloudFront" => Portal.Script(new Scripted.Answer(302, ["location: https://login.example.com/oauth2/auth"]), Portal.Health),
            "the connection is reset" => Portal.Script(new Scripted.Reset(), new Scripted.Reset()),
            "what answers does not speak HTTP" => Portal.Script(new Scripted.Raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"), Portal.Health),
            "a body of the login is cut short" => Portal.Script((Scripted.Answer)Portal.Login with { IsCut = true }, Portal.Health),
            _ => throw new System.Diagnostics.UnreachableException(fault),
        };
        await using var server = new ScriptedServer(TestAuthority.Shared.Certificate(Portal.Host), script);
        var isSlow = fault.Contains("in time", StringComparison.Ordinal);

        var report = await Portal.Verify(server, settings: Portal.Quick with { ProbeLimit = TimeSpan.FromSeconds(isSlow ? 1 : 10) });

        var broken = Assert.IsType<Verdict.Broken>(report.Verdict);
        Assert.Equal(hop, broken.Failure.Hop.Word());
        Assert.Equal(hop == "service" ? "module.portal.aws_ecs_service.this" : null, broken.Failure.Resource);
        Assert.Equal(Portal.Quick.Failures, report.Probes);
    }

    [Theory]
    [InlineData("www.example.org", 90, "tls", "is for www.example.org, not for portal.example.org")]
    [InlineData("portal.example.org", -1, "tls", "expired on")]
    [InlineData("portal.example.org", 13, "tls", "in 13 days; at least 14")]
    [InlineData("*.cloudfront.net", 90, "edge", "is for *.cloudfront.net")]
    public async Task A_wrong_certificate_is_named_by_what_is_wrong_with_it(string name, int daysLeft, string hop, string said)
    {
        await using var server = new ScriptedServer(TestAuthority.Shared.Certificate(name, daysLeft), Portal.Script(Portal.Login, Portal.Health));

        var failure = Failure(await Portal.Verify(server));

        Assert.Equal(hop, failure.Hop.Word());
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_by_a_stranger_is_not_trusted()
    {
        await using var server = new ScriptedServer(new TestAuthority().Certificate(Portal.Host), Portal.Script(Portal.Login, Portal.Health));

        var failure = Failure(await Portal.Verify(server));

        Assert.Equal(Hop.Tls, failure.Hop);
        Assert.Contains("not trusted", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_TLS_is_broken_at_tls()
    {
        await using var server = new ScriptedServer(certificate: null, _ => new Scripted.Raw("HTTP/1.1 400 Bad Request\r\n\r\n"));

        Assert.Equal(Hop.Tls, Failure(await Portal.Verify(server)).Hop);
    }

    [Fact]
    public async Task A_listener_that_is_gone_is_broken_at_the_edge()
    {
        var server = new ScriptedServer(certificate: null, _ => new Scripted.Silence());
        var address = new IPEndPoint(server.Address.Address, server.Address.Port);
        await server.DisposeAsync();

        var probe = await new Prober(new EndpointRoute(address, TestAuthority.Shared.Pem), TimeProvider.System)
            .Probe(Portal.Endpoint, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        var wrong = Assert.IsType<Sight.Wrong>(Sight.Of(Portal.Endpoint, ExpectedState.Live, probe, DateTimeOffset.UtcNow));
        Assert.Equal(Hop.Edge, wrong.Failure.Hop);
    }

    [Theory]
    [InlineData("/loop", "redirects in a circle of 1")]
    [InlineData("/elsewhere", "redirects more than 3 times")]
    public async Task A_redirect_that_never_ends_is_a_fault_when_redirects_are_followed(string path, string said)
    {
        var steps = 0;
        await using var server = new ScriptedServer(TestAuthority.Shared.Certificate(Portal.Host), asked => asked switch
        {
            "/healthcheck" => Portal.Health,
            "/loop" => Portal.Redirect("/loop"),
            _ => Portal.Redirect($"/elsewhere/{Interlocked.Increment(ref steps)}"),
        });

        var failure = Failure(await Portal.Verify(server, Portal.Endpoint with { Url = new Uri(Portal.Endpoint.Url, path), FollowedRedirects = 3 }));

        Assert.Equal(Hop.LoadBalancer, failure.Hop);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_answer_among_good_ones_breaks_nothing()
    {
        var asked = 0;
        await using var server = new ScriptedServer(
            TestAuthority.Shared.Certificate(Portal.Host),
            path => path == "/healthcheck" ? Portal.Health : Interlocked.Increment(ref asked) == 1 ? Portal.CloudFrontError(502) : Portal.Login);

        var report = await Portal.Verify(server);

        Assert.IsType<Verdict.Healthy>(report.Verdict);
        Assert.Equal(2, report.Probes);
    }

    [Fact]
    public async Task What_broke_is_held_against_the_baseline()
    {
        await using var server = new ScriptedServer(TestAuthority.Shared.Certificate(Portal.Host), Portal.Script(Portal.Login, Portal.ParkedPage));

        Assert.IsType<Verdict.BrokenByThisApply>((await Portal.Verify(server, before: new EarlierSight(new Sight.AsExpected()))).Verdict);
        Assert.IsType<Verdict.AlreadyBroken>((await Portal.Verify(server, before: new EarlierSight(new Sight.Wrong(new HopFailure(Hop.Service, "was down"))))).Verdict);
    }

    private static HopFailure Failure(EndpointReport report) => Assert.IsType<Verdict.Broken>(report.Verdict).Failure;
}
