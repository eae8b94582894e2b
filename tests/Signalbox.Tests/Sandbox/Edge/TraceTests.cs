using Signalbox.Cli;
using Signalbox.Cli.Commands;
using Signalbox.Sandbox;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Tracing;
using Xunit;

namespace Signalbox.Tests.Sandbox.Edge;

/// <summary>Every fault that a chain can have: where it breaks, why, what a visitor gets, and which resource to mend.</summary>
public sealed class TraceTests
{
    private static readonly Dictionary<string, (AccountView View, DnsFinding Dns)> Faults = new(StringComparer.Ordinal)
    {
        ["whole"] = (WiredAccount.View, WiredAccount.Dns),
        ["no-record"] = (WiredAccount.View, new DnsFinding.NoRecord("example.org")),
        ["record-elsewhere"] = (WiredAccount.View, new DnsFinding.LeadsTo("d2.cloudfront.net")),
        ["alias"] = With(WiredAccount.WithDistribution(WiredAccount.Distribution with { Aliases = ["other.example.org"] })),
        ["disabled"] = With(WiredAccount.WithDistribution(WiredAccount.Distribution with { IsEnabled = false })),
        ["certificate-name"] = With(WiredAccount.WithCertificate("arn:certificate/edge", WiredAccount.Certificate with { Names = ["other.example.org"] })),
        ["certificate-expired"] = With(WiredAccount.WithCertificate("arn:certificate/edge", WiredAccount.Certificate with { NotAfter = WiredAccount.Now })),
        ["origin"] = With(WiredAccount.WithDistribution(WiredAccount.Distribution with { Origins = [WiredAccount.Distribution.Origins[0] with { DomainName = "gone.example.org" }] })),
        ["origin-certificate-expired"] = With(WiredAccount.WithCertificate("arn:certificate/origin", WiredAccount.Certificate with { NotAfter = WiredAccount.Now })),
        ["balancer-closed"] = With(WiredAccount.WithGroup(WiredAccount.View.SecurityGroups["sg-lb"] with { Ingress = [] })),
        ["listener-gone"] = With(WiredAccount.WithBalancer(WiredAccount.Balancer with { Listeners = [] })),
        ["rule-gone"] = With(WiredAccount.WithRules()),
        ["parked"] = With(WiredAccount.WithRules(new ListenerRule("arn:rule/1", 1, [new("host-header", "", [WiredAccount.Host])], [new RuleAction.Fixed(503, "text/plain", "parked")]), WiredAccount.Rule)),
        ["target-port"] = With(WiredAccount.View with { TargetGroups = [WiredAccount.View.TargetGroups[0] with { Port = 9090 }] }),
        ["no-service"] = With(WiredAccount.View with { Services = [] }),
        ["service-zero"] = With(WiredAccount.WithService(WiredAccount.Service with { DesiredCount = 0 })),
        ["container-port"] = With(WiredAccount.WithService(WiredAccount.Service with { Task = new TaskDefinition("arn:task", [new Container("app", "registry/app:1", [9090], "")]) })),
        ["task-closed"] = With(WiredAccount.WithGroup(WiredAccount.View.SecurityGroups["sg-app"] with { Ingress = [] })),
    };

    public static TheoryData<string> EveryFault() => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(EveryFault))]
    public void A_trace_reads_as_accepted(string fault)
    {
        var trace = Trace(fault);
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, isInteractive: false, usesColour: false);

        Golden.Verify(SandboxTraceAnswer.Text(trace, terminal) + "\n", $"trace/{fault}.txt");
        Golden.Verify(JsonText.Document(writer => SandboxTraceAnswer.Write(trace, writer)) + "\n", $"trace/{fault}.json");
        Assert.Equal(fault == "whole", trace.Broken is null);
    }

    [Fact]
    public void Only_the_host_that_is_forwarded_can_match_a_rule()
    {
        var behaviour = WiredAccount.Distribution.Behaviours[0] with { ForwardsHost = false };
        var view = WiredAccount.WithDistribution(WiredAccount.Distribution with { Behaviours = [behaviour] }) with
        {
            Certificates = WiredAccount.WithCertificate("arn:certificate/origin", WiredAccount.Certificate with { Names = [WiredAccount.BalancerName] }).Certificates,
        };

        var trace = Tracer.Of(new Uri($"https://{WiredAccount.Host}/"), view, WiredAccount.Dns, WiredAccount.State, WiredAccount.Now);

        Assert.Equal("rule", trace.Broken?.Station);
        Assert.Equal($"no rule is for {WiredAccount.BalancerName}/", trace.Broken?.Problem?.Why);
    }

    private static (AccountView View, DnsFinding Dns) With(AccountView view) => (view, WiredAccount.Dns);

    private static SandboxTrace Trace(string fault) =>
        Tracer.Of(new Uri($"https://{WiredAccount.Host}/"), Faults[fault].View, Faults[fault].Dns, WiredAccount.State, WiredAccount.Now);
}
