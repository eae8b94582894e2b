using Signalbox.Diagnostics;
using Signalbox.Sandbox.Edge.Account;

namespace Signalbox.Sandbox.Edge.Walking;

/// <summary>What security groups let through.</summary>
internal sealed class Reach(AccountView view)
{
    private const string CloudFrontList = "com.amazonaws.global.cloudfront.origin-facing";

    /// <summary>CloudFront's addresses are in its own list; a group cannot name them in another way but by "everybody".</summary>
    public bool FromCloudFront(Balancer balancer, int port) => Groups(balancer.SecurityGroups, balancer.VpcId).Any(group =>
        group.Ingress.Any(line => line.CoversPort(port)
            && (line.IsEverywhere || line.PrefixLists.Any(list => view.PrefixLists.GetValueOrDefault(list) == CloudFrontList))));

    /// <summary>The group that keeps a load balancer from a task; null when it gets through.</summary>
    public Closed? BetweenBalancerAndTask(Balancer balancer, RunningService service, string vpc, int port)
    {
        var senders = Groups(balancer.SecurityGroups, balancer.VpcId).ToList();
        var receivers = Groups(service.SecurityGroups, vpc).ToList();
        if (!receivers.Exists(group => group.Ingress.Any(line => line.CoversPort(port) && (line.IsEverywhere || Names(line, senders)))))
            return new Closed(receivers.FirstOrDefault(), IsEgress: false);
        return senders.Exists(group => group.Egress.Any(line => line.CoversPort(port) && (line.IsEverywhere || Names(line, receivers))))
            ? null
            : new Closed(senders.FirstOrDefault(), IsEgress: true);
    }

    private static bool Names(Permission line, List<SecurityGroup> groups) =>
        groups.Exists(group => line.Groups.Contains(group.Id, StringComparer.Ordinal));

    /// <summary>What names no group has its VPC's default one.</summary>
    private IEnumerable<SecurityGroup> Groups(ValueList<string> ids, string vpc) => ids.Count > 0
        ? ids.Select(id => view.SecurityGroups.GetValueOrDefault(id)).OfType<SecurityGroup>()
        : view.SecurityGroups.Values.Where(group => group.VpcId == vpc && group.Name == "default");
}

/// <param name="Group">Null when the account no longer has any of the groups.</param>
/// <param name="IsEgress">The way out is closed, not the way in.</param>
internal sealed record Closed(SecurityGroup? Group, bool IsEgress);
