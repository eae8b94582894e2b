using System.Text.Json;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard.Rules;

/// <summary>A way in from the whole internet is opened, or widened, only with a person's yes.</summary>
internal static class WorldOpenings
{
    public static readonly Rule Opened = new("SB3150", Severity.Warning, "something would be open to the world");
    public static readonly Rule Unknown = new("SB3151", Severity.Warning, "who may come in is not known before the apply");

    public static ValueList<Rule> Rules { get; } = [Opened, Unknown];

    public static IEnumerable<Finding> Judge(ResourceChange change, GuardPolicy policy)
    {
        if (!change.Leaves || Openings(change.Type) is not { } openings)
            yield break;

        var before = openings(change.Before).ToList();
        foreach (var opening in openings(change.After).Where(opening => !before.Exists(old => old.Covers(opening))).Distinct())
        {
            yield return change.Holds(
                Opened, $"{opening.Ports} would be open to the world ({opening.Range})",
                "name the address ranges or the security group that need it");
        }

        if (IsUndecided(change))
        {
            yield return change.Holds(
                Unknown, "the address ranges that may come in are only known after the apply",
                "name them by literals or by variables that are set when planning");
        }
    }

    private static Func<JsonElement, IEnumerable<Opening>>? Openings(string type) => type switch
    {
        "aws_security_group" or "aws_default_security_group" => values => values.Member("ingress").Items.SelectMany(Opening.OfGroupRule),
        "aws_security_group_rule" => values => values.Member("type").Text == "ingress" ? Opening.OfGroupRule(values) : [],
        "aws_vpc_security_group_ingress_rule" => Opening.OfIngressRule,
        "aws_network_acl" or "aws_default_network_acl" => values => values.Member("ingress").Items
            .Where(rule => rule.Member("action").Text is "allow").SelectMany(Opening.OfAclRule),
        "aws_network_acl_rule" => values => !values.Member("egress").IsTrue && values.Member("rule_action").Text == "allow"
            ? Opening.OfAclRule(values)
            : [],
        "google_compute_firewall" => values => values.Member("direction").Text is null or "INGRESS" ? Opening.OfFirewall(values) : [],
        _ => null,
    };

    private static bool IsUndecided(ResourceChange change) => change.Type switch
    {
        "aws_security_group" or "aws_default_security_group" => Undecided(change.Unknown.Member("ingress"), change),
        "aws_security_group_rule" => change.After.Member("type").Text == "ingress" && AnyRange(change.Unknown),
        "aws_vpc_security_group_ingress_rule" => AnyRange(change.Unknown),
        "aws_network_acl_rule" => !change.After.Member("egress").IsTrue && AnyRange(change.Unknown),
        _ => false,
    };

    /// <summary>
    /// A group without inline rules has an unknown `ingress` when it is created, and that says nothing: its rules are
    /// resources of their own. In a group that exists the same word means that its rules do change.
    /// </summary>
    private static bool Undecided(JsonElement ingress, ResourceChange change) =>
        ingress.IsTrue ? change.Action == PlannedAction.Update : ingress.Items.Any(AnyRange);

    private static bool AnyRange(JsonElement unknown) =>
        unknown.Member("cidr_blocks").HoldsTrue || unknown.Member("ipv6_cidr_blocks").HoldsTrue || unknown.Member("cidr_ipv4").HoldsTrue
        || unknown.Member("cidr_ipv6").HoldsTrue || unknown.Member("cidr_block").HoldsTrue || unknown.Member("ipv6_cidr_block").HoldsTrue;
}
