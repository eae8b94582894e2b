using System.Xml.Linq;
using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Account;

internal sealed record SecurityGroup(string Id, string Name, string VpcId, ValueList<Permission> Ingress, ValueList<Permission> Egress)
{
    public static SecurityGroup Of(XElement group) => new(
        group.Text("groupId"),
        group.Text("groupName"),
        group.Text("vpcId"),
        [.. group.List("ipPermissions").Select(Permission.Of)],
        [.. group.List("ipPermissionsEgress").Select(Permission.Of)]);
}

/// <summary>One line of a security group: who, on which ports.</summary>
/// <param name="Protocol">`tcp`, a number, or `-1` for everything.</param>
internal sealed record Permission(string Protocol, int From, int To, ValueList<string> Groups, ValueList<string> PrefixLists, bool IsEverywhere)
{
    public bool CoversPort(int port) => Protocol == "-1" || (Protocol is "tcp" or "6" && From <= port && port <= To);

    public static Permission Of(XElement permission) => new(
        permission.Text("ipProtocol"),
        permission.Number("fromPort", otherwise: 0),
        permission.Number("toPort", otherwise: 65535),
        [.. permission.List("groups").Select(group => group.Text("groupId"))],
        [.. permission.List("prefixListIds").Select(list => list.Text("prefixListId"))],
        permission.List("ipRanges").Any(range => range.Text("cidrIp") == "0.0.0.0/0"));
}
