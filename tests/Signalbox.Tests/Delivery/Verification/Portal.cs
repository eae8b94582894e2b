using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;
using Signalbox.Tests.Delivery.Environments;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

/// <summary>An endpoint like the described system's, and answers as CloudFront, a load balancer and a service give them.</summary>
internal static class Portal
{
    public const string Host = "portal.example.org";

    private const string Via = "via: 1.1 0123.cloudfront.net (CloudFront)";

    private const string Yaml = """
        version: 1
        environments:
          prod:
            root: infra/envs/prod
            endpoints:
              portal:
                url: https://portal.example.org/
                through: cloudfront
                live: { redirects_to: https://login.example.com/oauth2/auth }
                parked: { status: 503, body: <title>Parked</title> }
                service: { path: /healthcheck, body: '"ok"' }
                resources: { service: module.portal.aws_ecs_service.this }
        """;

    public static Endpoint Endpoint { get; } = Checkout.Read(Yaml).Environments[0].Endpoints[0];

    public static VerificationSettings Quick { get; } = new()
    {
        Interval = TimeSpan.FromMilliseconds(1),
        Failures = 2,
        ProbeLimit = TimeSpan.FromSeconds(10),
        Deadline = TimeSpan.FromSeconds(60),
    };

    public static Scripted Login { get; } = Redirect("https://login.example.com/oauth2/auth?client_id=a&state=b");

    public static Scripted Health { get; } = new Scripted.Answer(200, [Via, "x-cache: Miss from cloudfront"], """{"status":"ok"}""");

    public static Scripted ParkedPage { get; } = new Scripted.Answer(503, [Via, "x-cache: Error from cloudfront"], "<title>Parked</title>");

    public static Scripted Redirect(string location) => new Scripted.Answer(302, [Via, "server: awselb/2.0", $"location: {location}"]);

    public static Scripted CloudFrontError(int status) =>
        new Scripted.Answer(status, [Via, "server: CloudFront", "x-cache: Error from cloudfront"], "<H1>The request could not be satisfied.</H1>");

    public static Scripted Through(int status, string body = "") => new Scripted.Answer(status, [Via, "server: awselb/2.0"], body);

    public static Func<string, Scripted> Script(Scripted root, Scripted health) => path => path == "/healthcheck" ? health : root;

    public static async Task<EndpointReport> Verify(
        ScriptedServer server, Endpoint? endpoint = null, ExpectedState expected = ExpectedState.Live, VerificationSettings? settings = null, EarlierSight? before = null)
    {
        var asked = endpoint ?? Endpoint;
        var baseline = before is null ? null : new Baseline("prod", Target.Sandbox, DateTimeOffset.UnixEpoch, Plan: null, expected, [new BaselineEndpoint(asked.Name, before)]);
        var verifier = new Verifier(new Prober(new EndpointRoute(server.Address, TestAuthority.Shared.Pem), TimeProvider.System), trace: null, TimeProvider.System);
        var request = new VerificationRequest("prod", Target.Sandbox, [asked], _ => Task.FromResult<Outcome<ExpectedState>>(expected), baseline, settings ?? Quick);
        Assert.True((await verifier.Verify(request, _ => { }, TestContext.Current.CancellationToken)).Succeeded(out var report, out _));
        return report.Endpoints[0];
    }
}
