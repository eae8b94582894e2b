using System.Text;
using Signalbox.Diagnostics;
using Signalbox.Sandbox.Edge.Account;
using Signalbox.Sandbox.Edge.Certificates;
using Signalbox.Sandbox.Edge.Tracing;

namespace Signalbox.Tests.Sandbox.Edge;

/// <summary>A whole chain in memory, of which a test breaks one link, and the Terraform state that knows it.</summary>
internal static class WiredAccount
{
    public const string Host = "app.example.org";
    public const string BalancerName = "lb-1.eu-west-2.elb.amazonaws.com";
    public const string RuleArn = "arn:rule/10";

    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static CertificateLikeness Certificate { get; } = new(["*.example.org"], Now.AddDays(-1), Now.AddDays(30));

    public static RuleAction Login { get; } = new RuleAction.Login("https://login.example.org", "https://login.example.org/authorize", "client", "openid", "Cookie", "authenticate");

    public static ListenerRule Rule { get; } = new(RuleArn, 10, [new("host-header", "", [Host])], [Login, new RuleAction.Forward(["arn:group"])]);

    public static Listener Listener { get; } = new("arn:listener", 443, "HTTPS", ["arn:certificate/origin"], [Rule, Default]);

    public static Balancer Balancer { get; } = new("arn:lb", "lb", BalancerName, "vpc", IsInternal: false, ["sg-lb"], [Listener]);

    public static Distribution Distribution { get; } = new(
        "EDIST",
        "arn:distribution",
        "d1.cloudfront.net",
        IsEnabled: true,
        [Host],
        "arn:certificate/edge",
        RootObject: "",
        [new Origin("alb", BalancerName, "", "https-only", 80, 443, 30, HasAccessControl: false, [])],
        [new Behaviour("", "alb", ForwardsHost: true, [])],
        [new CustomError(503, "/_parked/index.html", 503)]);

    public static RunningService Service { get; } = new(
        "arn:service/app",
        "app",
        "cluster",
        "ACTIVE",
        1,
        [new ServiceTarget("arn:group", "app", 8080)],
        ["sg-app"],
        new TaskDefinition("arn:task", [new Container("app", "registry/app:1", [8080], "")]));

    public static AccountView View { get; } = new(
        [Distribution],
        [Balancer],
        [new TargetGroup("arn:group", "group", 8080, "vpc", "/health", ["arn:lb"])],
        [Service],
        new Dictionary<string, SecurityGroup>(StringComparer.Ordinal)
        {
            ["sg-lb"] = new("sg-lb", "lb", "vpc", [new("tcp", 443, 443, [], ["pl-edge"], IsEverywhere: false)], [new("-1", 0, 65535, [], [], IsEverywhere: true)]),
            ["sg-app"] = new("sg-app", "app", "vpc", [new("tcp", 8080, 8080, ["sg-lb"], [], IsEverywhere: false)], []),
        },
        new Dictionary<string, string>(StringComparer.Ordinal) { ["pl-edge"] = "com.amazonaws.global.cloudfront.origin-facing" },
        new Dictionary<string, CertificateLikeness>(StringComparer.Ordinal) { ["arn:certificate/edge"] = Certificate, ["arn:certificate/origin"] = Certificate },
        new Dictionary<string, ValueList<AddedHeader>>(StringComparer.Ordinal));

    public static DnsFinding Dns { get; } = new DnsFinding.LeadsTo("d1.cloudfront.net");

    public static TerraformAddresses State { get; } = Known(
        ("", "aws_route53_record", "app", """{"name": "app.example.org"}"""),
        ("module.edge", "aws_cloudfront_distribution", "app", """{"id": "EDIST", "aliases": ["app.example.org"]}"""),
        ("module.edge", "aws_acm_certificate", "edge", """{"arn": "arn:certificate/edge"}"""),
        ("module.edge", "aws_acm_certificate", "origin", """{"arn": "arn:certificate/origin"}"""),
        ("module.alb", "aws_lb", "this", """{"arn": "arn:lb"}"""),
        ("module.alb", "aws_lb_listener", "https", """{"arn": "arn:listener", "load_balancer_arn": "arn:lb", "port": 443}"""),
        ("module.alb", "aws_lb_listener_rule", "app", """{"arn": "arn:rule/10", "listener_arn": "arn:listener", "condition": [{"host_header": [{"values": ["app.example.org"]}]}]}"""),
        ("module.alb", "aws_lb_listener_rule", "parked", """{"arn": "arn:rule/1", "listener_arn": "arn:listener", "condition": []}"""),
        ("module.alb", "aws_lb_target_group", "app", """{"arn": "arn:group"}"""),
        ("module.network", "aws_security_group", "lb", """{"id": "sg-lb"}"""),
        ("module.network", "aws_vpc_security_group_ingress_rule", "app_from_lb", """{"security_group_id": "sg-app", "from_port": 8080}"""),
        ("module.app", "aws_ecs_task_definition", "this", """{"arn": "arn:task"}"""),
        ("module.app", "aws_ecs_service", "this", """{"id": "arn:service/app", "load_balancer": [{"target_group_arn": "arn:group"}]}"""));

    private static ListenerRule Default => new("arn:rule/default", int.MaxValue, [], [new RuleAction.Fixed(404, "text/plain", "not found")]);

    public static AccountView WithBalancer(Balancer balancer) => View with { Balancers = [balancer] };

    public static AccountView WithRules(params ListenerRule[] rules) =>
        WithBalancer(Balancer with { Listeners = [Listener with { Rules = [.. rules, Default] }] });

    public static AccountView WithDistribution(Distribution distribution) => View with { Distributions = [distribution] };

    public static AccountView WithService(RunningService service) => View with { Services = [service] };

    public static AccountView WithCertificate(string arn, CertificateLikeness certificate) => View with
    {
        Certificates = new Dictionary<string, CertificateLikeness>(View.Certificates, StringComparer.Ordinal) { [arn] = certificate },
    };

    public static AccountView WithGroup(SecurityGroup group) => View with
    {
        SecurityGroups = new Dictionary<string, SecurityGroup>(View.SecurityGroups, StringComparer.Ordinal) { [group.Id] = group },
    };

    private static TerraformAddresses Known(params (string Module, string Type, string Name, string Attributes)[] resources)
    {
        var known = new TerraformAddresses();
        var lines = resources.Select(one =>
            $$"""{"mode": "managed", "module": "{{one.Module}}", "type": "{{one.Type}}", "name": "{{one.Name}}", "instances": [{"attributes": {{one.Attributes}}}]}""");
        known.Learn(Encoding.UTF8.GetBytes($$"""{"version": 4, "resources": [{{string.Join(',', lines)}}]}"""));
        return known;
    }
}
