using System.Text.Json;
using System.Xml.Linq;
using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>What one region holds of the way to an application.</summary>
internal sealed record RegionView(
    ValueList<Balancer> Balancers,
    ValueList<TargetGroup> TargetGroups,
    ValueList<RunningService> Services,
    ValueList<SecurityGroup> SecurityGroups,
    ValueList<(string Id, string Name)> PrefixLists);

internal sealed class RegionReader(AccountCalls calls, string region)
{
    private const int MostServicesInOneCall = 10;

    public async Task<RegionView> Read(CancellationToken cancellation)
    {
        var balancers = Balancers(cancellation);
        var groups = Balancing("DescribeTargetGroups", [], cancellation);
        var services = Services(cancellation);
        var security = calls.Query("ec2", region, "2016-11-15", "DescribeSecurityGroups", [], cancellation);
        var lists = calls.Query("ec2", region, "2016-11-15", "DescribeManagedPrefixLists", [], cancellation);
        return new RegionView(
            await balancers,
            [.. (await groups).List("DescribeTargetGroupsResult", "TargetGroups").Select(TargetGroup.Of)],
            await services,
            [.. (await security).List("securityGroupInfo").Select(SecurityGroup.Of)],
            [.. (await lists).List("prefixListSet").Select(list => (list.Text("prefixListId"), list.Text("prefixListName")))]);
    }

    private async Task<ValueList<Balancer>> Balancers(CancellationToken cancellation)
    {
        var found = await Balancing("DescribeLoadBalancers", [], cancellation);
        var whole = await Task.WhenAll(found.List("DescribeLoadBalancersResult", "LoadBalancers")
            .Where(balancer => balancer.Text("Type") is "application" or "")
            .Select(async balancer => Balancer.Of(balancer, await Listeners(balancer.Text("LoadBalancerArn"), cancellation))));
        return [.. whole];
    }

    private async Task<Listener[]> Listeners(string balancer, CancellationToken cancellation)
    {
        var found = await Balancing("DescribeListeners", [("LoadBalancerArn", balancer)], cancellation);
        return await Task.WhenAll(found.List("DescribeListenersResult", "Listeners").Select(listener => Whole(listener, cancellation)));
    }

    private async Task<Listener> Whole(XElement listener, CancellationToken cancellation)
    {
        var arn = ("ListenerArn", listener.Text("ListenerArn"));
        var rules = Balancing("DescribeRules", [arn], cancellation);
        var certificates = listener.List("Certificates").Any() ? await Balancing("DescribeListenerCertificates", [arn], cancellation) : null;
        var more = certificates?.List("DescribeListenerCertificatesResult", "Certificates") ?? [];
        return Listener.Of(
            listener,
            listener.List("Certificates").Concat(more).Select(certificate => certificate.Text("CertificateArn")).Distinct(StringComparer.Ordinal),
            (await rules).List("DescribeRulesResult", "Rules"));
    }

    private async Task<ValueList<RunningService>> Services(CancellationToken cancellation)
    {
        var clusters = await Ecs("ListClusters", _ => { }, cancellation);
        var services = await Task.WhenAll(Strings(clusters, "clusterArns").Select(cluster => ServicesOf(cluster, cancellation)));
        return [.. services.SelectMany(some => some)];
    }

    private async Task<IEnumerable<RunningService>> ServicesOf(string cluster, CancellationToken cancellation)
    {
        var arns = new List<string>();
        string? next = null;
        do
        {
            var page = await Ecs("ListServices", writer =>
            {
                writer.WriteString("cluster", cluster);
                writer.WriteNumber("maxResults", 100);
                if (next is not null)
                    writer.WriteString("nextToken", next);
            }, cancellation);
            arns.AddRange(Strings(page, "serviceArns"));
            next = page.Text("nextToken") is { Length: > 0 } token ? token : null;
        }
        while (next is not null);

        var described = await Task.WhenAll(arns.Chunk(MostServicesInOneCall).Select(some => Described(cluster, some, cancellation)));
        return described.SelectMany(some => some);
    }

    private async Task<IEnumerable<RunningService>> Described(string cluster, string[] arns, CancellationToken cancellation)
    {
        var answer = await Ecs("DescribeServices", writer =>
        {
            writer.WriteString("cluster", cluster);
            writer.WriteStartArray("services");
            foreach (var arn in arns)
                writer.WriteStringValue(arn);
            writer.WriteEndArray();
        }, cancellation);
        return await Task.WhenAll(answer.List("services").Select(async service =>
            RunningService.Of(service, await Definition(service.Text("taskDefinition"), cancellation))));
    }

    private async Task<TaskDefinition?> Definition(string arn, CancellationToken cancellation)
    {
        var answer = await Ecs("DescribeTaskDefinition", writer => writer.WriteString("taskDefinition", arn), cancellation);
        return answer.Inside("taskDefinition") is { ValueKind: JsonValueKind.Object } definition ? TaskDefinition.Of(definition) : null;
    }

    private static IEnumerable<string> Strings(JsonElement page, string name) => page.List(name).Select(arn => arn.GetString()!);

    private Task<XElement> Balancing(string action, IEnumerable<(string, string)> parameters, CancellationToken cancellation) =>
        calls.Query("elasticloadbalancing", region, "2015-12-01", action, parameters, cancellation);

    private async Task<JsonElement> Ecs(string action, Action<Utf8JsonWriter> members, CancellationToken cancellation) =>
        await calls.Json("ecs", region, $"AmazonEC2ContainerServiceV20141113.{action}", writer =>
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }, cancellation) ?? default;
}
