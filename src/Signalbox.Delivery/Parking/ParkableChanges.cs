using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Parking;

/// <summary>
/// All that parking may change, and that unparking may change back. Whatever is not listed is not part of parking: a
/// new kind of resource has to be named before it can be parked.
/// </summary>
public sealed record ParkableChanges
{
    /// <summary>Attributes of resources that stay.</summary>
    public ValueList<ParkableUpdate> Updates { get; init; } = [];

    /// <summary>Types that are removed while parked.</summary>
    public ValueList<string> Removed { get; init; } = [];

    /// <summary>Types that exist only while parked.</summary>
    public ValueList<ParkableCreation> Created { get; init; } = [];

    /// <summary>Root outputs that may change, besides the one that holds the intent.</summary>
    public ValueList<string> Outputs { get; init; } = [];

    /// <summary>What costs by the hour, holds no data and comes back as it was.</summary>
    public static ParkableChanges Default { get; } = new()
    {
        Updates =
        [
            new("aws_ecs_service", "desired_count"),
            new("aws_rds_cluster", "serverlessv2_scaling_configuration.min_capacity"),
            new("aws_rds_cluster", "serverlessv2_scaling_configuration.seconds_until_auto_pause") { MayRise = true },
            new("aws_lambda_function", "reserved_concurrent_executions"),
            new("aws_appautoscaling_target", "min_capacity"),
            new("aws_appautoscaling_target", "max_capacity"),
            new("aws_autoscaling_group", "min_size"),
            new("aws_autoscaling_group", "desired_capacity"),
            new("aws_eks_node_group", "scaling_config.min_size"),
            new("aws_eks_node_group", "scaling_config.desired_size"),
            new("aws_ec2_instance_state", "state"),
        ],
        Removed = ["aws_nat_gateway", "aws_eip", "aws_route", "aws_vpc_endpoint"],
        Created = [new("aws_lb_listener_rule", "action.type", "fixed-response")],
    };

    /// <summary>The built-in list with more.</summary>
    public ParkableChanges With(ParkableChanges more) => new()
    {
        Updates = [.. Updates, .. more.Updates],
        Removed = [.. Removed, .. more.Removed],
        Created = [.. Created, .. more.Created],
        Outputs = [.. Outputs, .. more.Outputs],
    };

    internal ParkableUpdate? UpdateOf(string type, string attribute) =>
        Updates.FirstOrDefault(update => update.Type == type && update.Attribute == attribute);
}

/// <param name="Attribute">The way to it without indexes, such as `scaling_config.min_size`.</param>
public sealed record ParkableUpdate(string Type, string Attribute)
{
    /// <summary>Capacity only falls while parked; this is no capacity.</summary>
    public bool MayRise { get; init; }
}

/// <param name="Attribute">The way, without indexes, to what tells it from others of its type; null when nothing has to.</param>
/// <param name="Value">What must stand there, everywhere.</param>
public sealed record ParkableCreation(string Type, string? Attribute = null, string? Value = null);
