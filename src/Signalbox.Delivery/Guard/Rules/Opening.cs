using System.Text.Json;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>A protocol and ports that the whole internet (or half of it) may reach.</summary>
internal sealed record Opening(string Range, string Protocol, decimal From, decimal To)
{
    public string Ports => Protocol == "all" ? "every port"
        : Protocol.StartsWith("icmp", StringComparison.Ordinal) ? Protocol
        : From == To ? $"{Protocol} port {From:0}"
        : $"{Protocol} ports {From:0}–{To:0}";

    public bool Covers(Opening other) =>
        Range == other.Range && Protocol is var own && (own == "all" || (own == other.Protocol && From <= other.From && To >= other.To));

    /// <summary>An inline `ingress` block, or an `aws_security_group_rule`: they share their attributes.</summary>
    public static IEnumerable<Opening> OfGroupRule(JsonElement rule) =>
        Of(rule, rule.Member("protocol"), [.. rule.Member("cidr_blocks").Texts, .. rule.Member("ipv6_cidr_blocks").Texts]);

    public static IEnumerable<Opening> OfIngressRule(JsonElement rule) =>
        Of(rule, rule.Member("ip_protocol"), [.. rule.Member("cidr_ipv4").Texts, .. rule.Member("cidr_ipv6").Texts]);

    public static IEnumerable<Opening> OfAclRule(JsonElement rule) =>
        Of(rule, rule.Member("protocol"), [.. rule.Member("cidr_block").Texts, .. rule.Member("ipv6_cidr_block").Texts]);

    public static IEnumerable<Opening> OfFirewall(JsonElement firewall) =>
        from range in firewall.Member("source_ranges").Texts.Where(IsTheWorld)
        from allowed in firewall.Member("allow").Items
        let protocol = Named(allowed.Member("protocol").Text)
        from ports in allowed.Member("ports").Texts.DefaultIfEmpty("0-65535")
        let ends = ports.Split('-')
        select new Opening(range, protocol, Port(ends[0]), Port(ends[^1]));

    /// <summary>0.0.0.0/0 and ::/0 in every spelling, and halves of the internet, which people use to get past a check like this.</summary>
    private static bool IsTheWorld(string range) =>
        range.Split('/') is [_, var length] && int.TryParse(length, out var bits) && bits is 0 or 1;

    private static IEnumerable<Opening> Of(JsonElement rule, JsonElement protocol, IEnumerable<string> ranges)
    {
        var name = Named(protocol.Text ?? (protocol.IsAbsent ? null : protocol.GetRawText()));
        var (from, to) = (rule.Member("from_port").Number ?? 0, rule.Member("to_port").Number ?? 65535);
        return ranges.Where(IsTheWorld).Select(range => name == "all" ? new Opening(range, name, 0, 65535) : new Opening(range, name, from, to));
    }

    private static string Named(string? protocol) => protocol switch
    {
        null or "-1" or "all" => "all",
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        "58" => "icmpv6",
        _ => protocol,
    };

    private static decimal Port(string text) => decimal.TryParse(text, out var port) ? port : 0;
}
