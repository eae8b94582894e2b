using System.Text.Json;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Parking.Metering;

/// <summary>Reads off a plan, resource by resource, what is billed by the hour before and after it.</summary>
internal sealed class Meter
{
    private readonly List<MeteredQuantity> _found = [];
    private readonly FargateMeter _fargate = new();
    private readonly AuroraMeter _aurora = new();
    private readonly Dictionary<string, int> _regions = new(StringComparer.Ordinal);

    public void Take(ResourceChange change)
    {
        if (!change.IsManaged || change.Deposed is not null)
            return;
        if (RegionOf(change) is { } region)
            _regions[region] = _regions.GetValueOrDefault(region) + 1;
        _fargate.Take(change);
        _aurora.Take(change);
        switch (change.Type)
        {
            case "aws_nat_gateway":
                Add(change, Usage.NatGateway, Present);
                break;
            case "aws_eip":
                Add(change, Usage.PublicAddress, Present);
                break;
            case "aws_vpc_endpoint":
                Add(change, Usage.InterfaceEndpoint, static side => side.Member("vpc_endpoint_type").Text == "Interface" ? Count(side, "subnet_ids") : 0);
                break;
            case "aws_lb":
                Add(change, Usage.LoadBalancer, static side => side.Member("load_balancer_type").Text == "application" ? Present(side) : 0);
                Add(change, Usage.PublicAddress, static side => side.Member("internal").IsTrue ? 0 : Count(side, "subnets"));
                break;
        }
    }

    /// <summary>Everything found; what names no region itself lies where most of the others do.</summary>
    public IReadOnlyList<MeteredQuantity> Finish()
    {
        var usual = _regions.Count == 0 ? null : _regions.MaxBy(region => region.Value).Key;
        return
        [
            .. _found.Concat(_fargate.Finish()).Concat(_aurora.Finish())
                .Where(quantity => quantity.Before != 0 || quantity.After != 0)
                .Select(quantity => quantity with { Region = quantity.Region ?? usual })
                .OrderBy(quantity => quantity.Address, StringComparer.Ordinal)
                .ThenBy(quantity => quantity.Usage, StringComparer.Ordinal),
        ];
    }

    /// <summary>The region in the resource's ARN (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html).</summary>
    public static string? RegionOf(ResourceChange change)
    {
        foreach (var side in (JsonElement[])[change.Before, change.After])
        {
            foreach (var name in (string[])["arn", "id"])
            {
                if (side.Member(name).Text is { } text && text.StartsWith("arn:", StringComparison.Ordinal) && text.Split(':') is [_, _, _, { Length: > 0 } region, ..])
                    return region;
            }
        }

        return null;
    }

    private void Add(ResourceChange change, string usage, Func<JsonElement, decimal> quantity) =>
        _found.Add(new MeteredQuantity(change.Address, usage, RegionOf(change), quantity(change.Before), quantity(change.After)));

    private static decimal Present(JsonElement side) => side.IsAbsent ? 0 : 1;

    private static decimal Count(JsonElement side, string list) => side.Member(list) is { IsArray: true } items ? items.GetArrayLength() : 0;
}
