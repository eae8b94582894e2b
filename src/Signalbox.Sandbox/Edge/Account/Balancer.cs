using System.Globalization;
using System.Xml.Linq;
using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>An application load balancer with its listeners.</summary>
internal sealed record Balancer(
    string Arn, string Name, string DnsName, string VpcId, bool IsInternal, ValueList<string> SecurityGroups, ValueList<Listener> Listeners)
{
    public static Balancer Of(XElement balancer, IEnumerable<Listener> listeners) => new(
        balancer.Text("LoadBalancerArn"),
        balancer.Text("LoadBalancerName"),
        balancer.Text("DNSName"),
        balancer.Text("VpcId"),
        balancer.Text("Scheme") == "internal",
        [.. balancer.List("SecurityGroups").Select(group => group.Value.Trim())],
        [.. listeners]);
}

/// <param name="CertificateArns">The default certificate first.</param>
/// <param name="Rules">By priority, the default rule last.</param>
internal sealed record Listener(string Arn, int Port, string Protocol, ValueList<string> CertificateArns, ValueList<ListenerRule> Rules)
{
    public bool SpeaksTls => Protocol is "HTTPS" or "TLS";

    public static Listener Of(XElement listener, IEnumerable<string> certificates, IEnumerable<XElement> rules) => new(
        listener.Text("ListenerArn"),
        listener.Number("Port"),
        listener.Text("Protocol"),
        [.. certificates],
        [.. rules.Select(ListenerRule.Of).OrderBy(rule => rule.Priority)]);
}

/// <param name="Priority">The lowest is asked first; the default rule has <see cref="int.MaxValue"/>.</param>
/// <param name="Actions">In their order; the last one answers.</param>
internal sealed record ListenerRule(string Arn, int Priority, ValueList<RuleCondition> Conditions, ValueList<RuleAction> Actions)
{
    public bool IsDefault => Priority == int.MaxValue;

    public static ListenerRule Of(XElement rule) => new(
        rule.Text("RuleArn"),
        int.TryParse(rule.Text("Priority"), NumberStyles.None, CultureInfo.InvariantCulture, out var priority) ? priority : int.MaxValue,
        [.. rule.List("Conditions").Select(RuleCondition.Of)],
        [.. rule.List("Actions").OrderBy(action => action.Number("Order")).Select(RuleAction.Of)]);
}

/// <summary>What a rule asks of a request; any one of the values will do.</summary>
/// <param name="Field">`host-header`, `path-pattern`, `http-header`, `http-request-method`, `query-string` or `source-ip`.</param>
/// <param name="Header">Which header, for `http-header`.</param>
/// <param name="Values">A query string's are `key=value`, or `value` for any key.</param>
internal sealed record RuleCondition(string Field, string Header, ValueList<string> Values)
{
    public static RuleCondition Of(XElement condition)
    {
        var field = condition.Text("Field");
        var config = string.Concat(field.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Config";
        var values = condition.List(config, "Values").Concat(condition.List("Values"));
        return new RuleCondition(
            field,
            condition.Text(config, "HttpHeaderName"),
            [.. values.Select(value => field == "query-string" && value.Text("Value") is var text && value.HasElements ? Pair(value.Text("Key"), text) : value.Value.Trim()).Distinct(StringComparer.Ordinal)]);
    }

    private static string Pair(string key, string value) => key.Length == 0 ? value : $"{key}={value}";
}
