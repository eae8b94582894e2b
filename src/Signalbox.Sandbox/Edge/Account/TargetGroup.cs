using System.Xml.Linq;
using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Account;

/// <param name="BalancerArns">The load balancers whose listeners lead to it.</param>
internal sealed record TargetGroup(string Arn, string Name, int Port, string VpcId, string HealthPath, ValueList<string> BalancerArns)
{
    public static TargetGroup Of(XElement group) => new(
        group.Text("TargetGroupArn"),
        group.Text("TargetGroupName"),
        group.Number("Port"),
        group.Text("VpcId"),
        group.Text("HealthCheckPath") is { Length: > 0 } path ? path : "/",
        [.. group.List("LoadBalancerArns").Select(arn => arn.Value.Trim())]);
}
