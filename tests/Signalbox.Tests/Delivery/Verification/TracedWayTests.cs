using Signalbox.Cli.Delivering;
using Signalbox.Delivery.Verification;
using Signalbox.Sandbox;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

/// <summary>What the sandbox knows of its wiring explains what was seen from outside.</summary>
public sealed class TracedWayTests
{
    private static readonly TraceHop Name = new("dns", "portal", "leads to d1.cloudfront.net", "aws_route53_record.app", Problem: null);
    private static readonly TraceHop Distribution = new("distribution", "d1", "has the alias", "aws_cloudfront_distribution.app", Problem: null);
    private static readonly TraceHop Rule = new("rule", "10", "asks to log in", "aws_lb_listener_rule.app", Problem: null);

    [Fact]
    public void The_hop_that_is_broken_in_the_wiring_is_the_one_to_mend()
    {
        var origin = new TraceHop("origin", "alb", "is nowhere", "aws_cloudfront_distribution.app", new TraceProblem("no load balancer has this name", "aws_lb.this"));

        var failure = SandboxWayTrace.Of([Name, Distribution, origin]).Explain(new HopFailure(Hop.LoadBalancer, "answered 502, expected 302", "declared"));

        Assert.Equal(new HopFailure(Hop.Edge, "answered 502, expected 302: no load balancer has this name", "aws_lb.this"), failure);
    }

    [Fact]
    public void Whole_wiring_names_the_resource_of_the_hop_that_answers_wrongly()
    {
        var failure = SandboxWayTrace.Of([Name, Distribution, Rule]).Explain(new HopFailure(Hop.LoadBalancer, "redirects elsewhere", "declared"));

        Assert.Equal(new HopFailure(Hop.LoadBalancer, "redirects elsewhere", "aws_lb_listener_rule.app"), failure);
    }

    [Fact]
    public void What_the_wiring_does_not_know_stays_as_declared()
    {
        var failure = SandboxWayTrace.Of([Name]).Explain(new HopFailure(Hop.Service, "answered 500", "declared"));

        Assert.Equal("declared", failure.Resource);
    }

    [Theory]
    [InlineData("ResolverFailed")]
    [InlineData("Unreachable")]
    [InlineData("ConnectTooSlow")]
    public void A_failure_of_this_machine_is_inconclusive(string kind)
    {
        var probe = new Probe { Root = new Reply.Failed(new Fault(Enum.Parse<FaultKind>(kind), "cannot look")) };

        Assert.IsType<Sight.Unseen>(Sight.Of(Portal.Endpoint, ExpectedState.Live, probe, DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_broken_at_dns_or_this_machine_cannot_look()
    {
        var endpoint = Portal.Endpoint with { Url = new Uri("https://nobody.invalid/") };

        var probe = await new Prober(route: null, TimeProvider.System).Probe(endpoint, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        var fault = Assert.IsType<Reply.Failed>(probe.Root).Fault;
        Assert.Equal(Hop.Dns, fault.HopFor(Hop.LoadBalancer));
        Assert.True(fault.Kind is FaultKind.NameUnknown or FaultKind.ResolverFailed, fault.ToString());
    }
}
