using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

public sealed class ManyProbesTests
{
    [Fact]
    public async Task A_healthy_endpoint_is_never_called_broken_in_a_thousand_runs()
    {
        await using var server = new ScriptedServer(TestAuthority.Shared.Certificate(Portal.Host), Portal.Script(Portal.Login, Portal.Health));

        for (var run = 0; run < 1000; run++)
            Assert.IsType<Verdict.Healthy>((await Portal.Verify(server)).Verdict);
    }

    [Fact]
    public async Task Five_hundred_endpoints_are_probed_together_but_never_more_than_allowed()
    {
        await using var server = new ScriptedServer(TestAuthority.Shared.Certificate(Portal.Host), path => path == "/healthcheck" ? Portal.Health : Portal.Login);
        ValueList<Endpoint> endpoints = [.. Enumerable.Range(0, 500).Select(number => Portal.Endpoint with { Name = $"portal-{number}" })];
        var verifier = new Verifier(new Prober(new EndpointRoute(server.Address, TestAuthority.Shared.Pem), TimeProvider.System), trace: null, TimeProvider.System);
        var request = new VerificationRequest("prod", Target.Sandbox, endpoints, _ => Task.FromResult<Outcome<ExpectedState>>(ExpectedState.Live), Baseline: null, Portal.Quick with { AtOnce = 16 });

        var outcome = await verifier.Verify(request, _ => { }, TestContext.Current.CancellationToken);

        Assert.True(outcome.Succeeded(out var report, out _));
        Assert.True(report.IsHealthy, string.Join('\n', report.Endpoints.Where(endpoint => endpoint.Verdict is not Verdict.Healthy).Take(5)));
        Assert.Equal(endpoints.Select(endpoint => endpoint.Name), report.Endpoints.Select(endpoint => endpoint.Endpoint.Name));
        // Each probe may need a second connection for the service's answer, and the server sees a close later than the prober makes it.
        Assert.InRange(server.MostOpen, 2, 16 * 4);
    }

    [Fact]
    public async Task A_body_without_an_end_costs_no_more_than_its_beginning()
    {
        var endless = new Scripted.Raw("HTTP/1.1 200 OK\r\nvia: 1.1 a.cloudfront.net (CloudFront)\r\ncontent-length: 100000000000\r\n\r\n" + new string('x', 1_000_000));
        await using var server = new ScriptedServer(TestAuthority.Shared.Certificate(Portal.Host), Portal.Script(endless, Portal.Health));

        var report = await Portal.Verify(server, Portal.Endpoint with { Live = new Expectation { Status = 200 } });

        Assert.IsType<Verdict.Healthy>(report.Verdict);
        Assert.Equal(Answer.MostBodyBytes, ((Reply.Answered)report.Latest!.Root).Answer.Body.Length);
    }
}
