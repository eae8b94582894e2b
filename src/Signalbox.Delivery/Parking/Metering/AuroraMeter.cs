using System.Text.Json;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Parking.Metering;

/// <summary>
/// Aurora Serverless v2 bills capacity of each instance, never less than the cluster's minimum. A minimum of zero only
/// allows a pause, so a fall to zero is not assured.
/// </summary>
internal sealed class AuroraMeter
{
    private readonly List<(string Address, string? Region, Cluster? Before, Cluster? After)> _clusters = [];
    private readonly List<string> _instancesBefore = [];
    private readonly List<string> _instancesAfter = [];

    public void Take(ResourceChange change)
    {
        if (change.Type == "aws_rds_cluster")
        {
            _clusters.Add((change.Address, Meter.RegionOf(change), Cluster.Of(change.Before), Cluster.Of(change.After)));
        }
        else if (change.Type == "aws_rds_cluster_instance")
        {
            Remember(change.Before, _instancesBefore);
            Remember(change.After, _instancesAfter);
        }
    }

    public IEnumerable<MeteredQuantity> Finish()
    {
        foreach (var (address, region, before, after) in _clusters)
        {
            var usage = (before ?? after)?.IsOptimized == true ? Usage.AuroraOptimizedCapacity : Usage.AuroraCapacity;
            var (least, then) = (Least(before, _instancesBefore), Least(after, _instancesAfter));
            yield return new MeteredQuantity(address, usage, region, least, then, IsAssured: then > 0 || least == 0);
        }
    }

    private static void Remember(JsonElement side, List<string> instances)
    {
        if (side.Member("instance_class").Text == "db.serverless" && side.Member("cluster_identifier").Text is { } cluster)
            instances.Add(cluster);
    }

    private static decimal Least(Cluster? cluster, List<string> instances) =>
        cluster is null ? 0 : cluster.Minimum * instances.Count(instance => instance == cluster.Identifier);

    private sealed record Cluster(string? Identifier, decimal Minimum, bool IsOptimized)
    {
        public static Cluster? Of(JsonElement side) =>
            side.Member("serverlessv2_scaling_configuration").Item(0).Member("min_capacity").Number is { } minimum
                ? new Cluster(side.Member("cluster_identifier").Text, minimum, side.Member("storage_type").Text == "aurora-iopt1")
                : null;
    }
}
