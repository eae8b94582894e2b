using System.Text.Json;
using Signalbox.Diagnostics;

namespace Signalbox.Sandbox.Edge.Account;

/// <summary>An ECS service and the task definition it runs.</summary>
/// <param name="Task">Null when the account no longer has the definition.</param>
internal sealed record RunningService(
    string Arn,
    string Name,
    string Cluster,
    string Status,
    int DesiredCount,
    ValueList<ServiceTarget> Targets,
    ValueList<string> SecurityGroups,
    TaskDefinition? Task)
{
    public bool IsActive => Status == "ACTIVE";

    public static RunningService Of(JsonElement service, TaskDefinition? task) => new(
        service.Text("serviceArn"),
        service.Text("serviceName"),
        service.Text("clusterArn").Split('/')[^1],
        service.Text("status"),
        service.Number("desiredCount"),
        [.. service.List("loadBalancers").Select(ServiceTarget.Of)],
        [.. service.Inside("networkConfiguration", "awsvpcConfiguration").List("securityGroups").Select(group => group.GetString() ?? "")],
        task);
}

/// <summary>One registration of a service with a target group.</summary>
internal sealed record ServiceTarget(string TargetGroupArn, string Container, int ContainerPort)
{
    public static ServiceTarget Of(JsonElement target) => new(target.Text("targetGroupArn"), target.Text("containerName"), target.Number("containerPort"));
}

internal sealed record TaskDefinition(string Arn, ValueList<Container> Containers)
{
    public static TaskDefinition Of(JsonElement definition) =>
        new(definition.Text("taskDefinitionArn"), [.. definition.List("containerDefinitions").Select(Container.Of)]);
}

/// <param name="StandIn">What the edge's stand-in for it is told to do; see <see cref="Serving.StandIn"/>.</param>
internal sealed record Container(string Name, string Image, ValueList<int> Ports, string StandIn)
{
    /// <summary>An environment variable of the container, so that a real Terraform change can set it.</summary>
    public const string StandInVariable = "SIGNALBOX_STAND_IN";

    public static Container Of(JsonElement container) => new(
        container.Text("name"),
        container.Text("image"),
        [.. container.List("portMappings").Select(mapping => mapping.Number("containerPort"))],
        container.List("environment").Where(variable => variable.Text("name") == StandInVariable).Select(variable => variable.Text("value")).FirstOrDefault(""));
}
