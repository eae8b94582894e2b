using System.Text.Json;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Aws.Ecs;

/// <summary>Elastic Container Service: its services, their task definitions, their tasks.</summary>
public sealed class EcsDeployments(AwsEndpoint endpoint, TimeProvider clock) : IDeployments
{
    private static readonly Rule Refused = new("SB2036", Severity.Error, "ECS does not say what runs");

    private readonly EcsCalls _ecs = new(new AwsJsonService(endpoint, "ecs", "AmazonEC2ContainerServiceV20141113", clock));

    public async Task<Outcome<ValueList<Deployment>>> All(CancellationToken cancellation)
    {
        try
        {
            var found = new List<Deployment>();
            var clusters = await _ecs.Names("ListClusters", "clusterArns", static _ => { }, cancellation);
            foreach (var cluster in clusters)
            {
                var services = await _ecs.Names("ListServices", "serviceArns", writer => writer.WriteString("cluster", cluster), cancellation);
                foreach (var some in services.Chunk(10)) // the most that DescribeServices takes
                    found.AddRange(await Services(cluster, some, cancellation));
            }

            found.AddRange(await WithoutService(clusters, [.. found.Select(service => service.TaskDefinition.Split(':')[0])], cancellation));
            return (ValueList<Deployment>)[.. found.OrderBy(deployment => deployment.Name, StringComparer.Ordinal)];
        }
        catch (EcsCalls.Failed failed)
        {
            return Refused.Without($"ECS does not say what runs: {failed.Message}", "renew the credentials, or ask for `ecs:List*` and `ecs:Describe*`");
        }
    }

    private async Task<IEnumerable<Deployment>> Services(string cluster, string[] arns, CancellationToken cancellation)
    {
        using var answer = await _ecs.Ask("DescribeServices", Body, cancellation);
        var found = new List<Deployment>();
        foreach (var service in Items(answer.RootElement, "services").Where(service => Text(service, "status") != "INACTIVE"))
        {
            var (name, definition) = (Text(service, "serviceName"), Text(service, "taskDefinition"));
            found.Add(new Deployment(
                name,
                NameOf(definition),
                await _ecs.ImagesOf(definition, cancellation),
                Number(service, "desiredCount"),
                Number(service, "runningCount"),
                Items(service, "deployments").Count(deployment => Number(deployment, "runningCount") > 0 || Text(deployment, "status") == "PRIMARY") > 1,
                await Containers(cluster, await Tasks(cluster, "serviceName", name, cancellation), cancellation)));
        }

        return found;

        void Body(Utf8JsonWriter writer)
        {
            writer.WriteString("cluster", cluster);
            EcsCalls.Write(writer, "services", arns);
        }
    }

    /// <param name="filter">`serviceName`, or `family` for tasks that somebody started one by one.</param>
    private Task<ValueList<string>> Tasks(string cluster, string filter, string value, CancellationToken cancellation) => _ecs.Names(
        "ListTasks",
        "taskArns",
        writer =>
        {
            writer.WriteString("cluster", cluster);
            writer.WriteString(filter, value);
            writer.WriteString("desiredStatus", "RUNNING");
        },
        cancellation);

    private async Task<ValueList<RunningContainer>> Containers(string cluster, ValueList<string> tasks, CancellationToken cancellation)
    {
        var containers = new List<RunningContainer>();
        foreach (var some in tasks.Chunk(100)) // the most that DescribeTasks takes
        {
            using var answer = await _ecs.Ask("DescribeTasks", writer => Which(writer, some), cancellation);
            containers.AddRange(
                from task in Items(answer.RootElement, "tasks")
                from container in Items(task, "containers")
                let image = ImageReference.Parse(Text(container, "image"))
                where image is not null
                select new RunningContainer(image, ImageDigest.Parse(Text(container, "imageDigest"))));
        }

        return [.. containers];

        void Which(Utf8JsonWriter writer, string[] some)
        {
            writer.WriteString("cluster", cluster);
            EcsCalls.Write(writer, "tasks", some);
        }
    }

    private async Task<IEnumerable<Deployment>> WithoutService(ValueList<string> clusters, HashSet<string> used, CancellationToken cancellation)
    {
        var families = await _ecs.Names("ListTaskDefinitionFamilies", "families", writer => writer.WriteString("status", "ACTIVE"), cancellation);
        var found = new List<Deployment>();
        foreach (var family in families.Where(family => !used.Contains(family)))
        {
            using var answer = await _ecs.Ask("DescribeTaskDefinition", writer => writer.WriteString("taskDefinition", family), cancellation);
            var arn = Text(answer.RootElement.GetProperty("taskDefinition"), "taskDefinitionArn");
            var (running, containers) = (0, new List<RunningContainer>());
            foreach (var cluster in clusters)
            {
                var tasks = await Tasks(cluster, "family", family, cancellation);
                running += tasks.Count;
                containers.AddRange(await Containers(cluster, tasks, cancellation));
            }

            found.Add(new Deployment(Service: null, NameOf(arn), await _ecs.ImagesOf(arn, cancellation), Wanted: 0, running, IsRolling: false, [.. containers]));
        }

        return found;
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) => EcsCalls.Items(element, name);

    private static string Text(JsonElement element, string name) => EcsCalls.Text(element, name) ?? "";

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;

    private static string NameOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}
