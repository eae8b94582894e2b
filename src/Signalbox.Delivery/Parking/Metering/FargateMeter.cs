using System.Text.Json;
using Signalbox.Delivery.Plans;

namespace Signalbox.Delivery.Parking.Metering;

/// <summary>Fargate bills vCPU and memory of each running task: a service's count times its task definition's size.</summary>
internal sealed class FargateMeter
{
    private const decimal UnitsPerProcessor = 1024;
    private const decimal MiBPerGb = 1024;

    /// <summary>Ephemeral storage that comes with every task, in GB.</summary>
    private const decimal StorageIncluded = 20;

    private readonly List<(string Address, string? Region, Wanted Before, Wanted After)> _services = [];
    private readonly Dictionary<string, Size> _sizes = new(StringComparer.Ordinal);

    public void Take(ResourceChange change)
    {
        if (change.Type == "aws_ecs_service")
        {
            _services.Add((change.Address, Meter.RegionOf(change), Wanted.Of(change.Before), Wanted.Of(change.After)));
        }
        else if (change.Type == "aws_ecs_task_definition")
        {
            Remember(change.Before);
            Remember(change.After);
        }
    }

    public IEnumerable<MeteredQuantity> Finish()
    {
        foreach (var (address, region, before, after) in _services)
        {
            // A service that is created or moved to a new revision names its size only after the apply: the other side's stands in.
            var size = SizeOf(before) ?? SizeOf(after);
            if (size is null)
                continue;
            yield return Quantity(size.IsArm ? Usage.FargateArmProcessor : Usage.FargateProcessor, size.Processors);
            yield return Quantity(size.IsArm ? Usage.FargateArmMemory : Usage.FargateMemory, size.Memory);
            yield return Quantity(Usage.FargateStorage, size.ExtraStorage);

            MeteredQuantity Quantity(string usage, decimal each) => new(address, usage, region, before.Tasks * each, after.Tasks * each);
        }
    }

    private Size? SizeOf(Wanted wanted) => wanted.TaskDefinition is { } arn ? _sizes.GetValueOrDefault(arn) : null;

    private void Remember(JsonElement side)
    {
        if (side.Member("arn").Text is { } arn && Size.Of(side) is { } size)
            _sizes[arn] = size;
    }

    private sealed record Wanted(decimal Tasks, string? TaskDefinition)
    {
        public static Wanted Of(JsonElement side)
        {
            var isFargate = side.Member("launch_type").Text == "FARGATE"
                || side.Member("capacity_provider_strategy").Items.Any(strategy => strategy.Member("capacity_provider").Text == "FARGATE");
            return isFargate ? new Wanted(side.Member("desired_count").Number ?? 0, side.Member("task_definition").Text) : new Wanted(0, null);
        }
    }

    /// <param name="Memory">In GB.</param>
    /// <param name="ExtraStorage">In GB, above what is included.</param>
    private sealed record Size(decimal Processors, decimal Memory, decimal ExtraStorage, bool IsArm)
    {
        public static Size? Of(JsonElement side)
        {
            if (side.Member("cpu").Number is not { } units || side.Member("memory").Number is not { } memory)
                return null;
            var storage = side.Member("ephemeral_storage").Item(0).Member("size_in_gib").Number ?? StorageIncluded;
            var isArm = side.Member("runtime_platform").Item(0).Member("cpu_architecture").Text == "ARM64";
            return new Size(units / UnitsPerProcessor, memory / MiBPerGb, Math.Max(0, storage - StorageIncluded), isArm);
        }
    }
}
