using System.Text.Json;
using Signalbox.Delivery.Parking;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Aws.Ecs;

/// <summary>Takes ECS services to zero tasks and waits for the last one to stop.</summary>
public sealed class EcsDrain(AwsEndpoint endpoint, TimeProvider clock) : IServiceDrain
{
    private static readonly Rule NotDrained = new("SB3358", Severity.Error, "A service could not be drained");
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>A load balancer lets go of a task after 300 s unless told otherwise, and a task may take 120 s to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public async Task<Outcome<TimeSpan>> Drain(IReadOnlyList<ServiceToDrain> services, Action<TerraformEvent> onEvent, CancellationToken interrupt)
    {
        var since = clock.GetTimestamp();
        try
        {
            foreach (var service in services)
            {
                onEvent(new TerraformEvent.Started(service.Address, "drain"));
                using var wanted = await Ecs(service).Ask("UpdateService", writer => Want(writer, service), interrupt);
            }

            foreach (var service in services)
            {
                if (await UntilNothingRuns(service, since, interrupt) is { } why)
                    return Failed($"`{service.Address}` {why}");
                onEvent(new TerraformEvent.Completed(service.Address, "drain", clock.GetElapsedTime(since), Identifier: null));
            }

            return clock.GetElapsedTime(since);
        }
        catch (EcsCalls.Failed failed)
        {
            return Failed($"ECS does not drain the services: {failed.Message}");
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            return Failed("interrupted while the services were drained");
        }
    }

    /// <returns>Why it is not so; null when it is.</returns>
    private async Task<string?> UntilNothingRuns(ServiceToDrain service, long since, CancellationToken interrupt)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            using var answer = await Ecs(service).Ask("DescribeServices", writer => Which(writer, service), interrupt);
            if (EcsCalls.Items(answer.RootElement, "services").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } seen)
                return "is not in its cluster any more";
            var (wanted, running) = (Number(seen, "desiredCount"), Number(seen, "runningCount"));
            if (wanted > 0)
                return $"was set back to {wanted} while it was drained: something else scales it";
            if (running == 0)
                return null;
            if (clock.GetElapsedTime(since) > Patience)
                return $"still runs {running} after {Patience.TotalMinutes:0} minutes";
            await Task.Delay(pause, clock, interrupt);
        }
    }

    private EcsCalls Ecs(ServiceToDrain service) =>
        new(new AwsJsonService(service.Region is { } region ? endpoint with { Region = region } : endpoint, "ecs", "AmazonEC2ContainerServiceV20141113", clock));

    private static void Want(Utf8JsonWriter writer, ServiceToDrain service)
    {
        writer.WriteString("cluster", service.Cluster);
        writer.WriteString("service", service.Name);
        writer.WriteNumber("desiredCount", 0);
    }

    private static void Which(Utf8JsonWriter writer, ServiceToDrain service)
    {
        writer.WriteString("cluster", service.Cluster);
        EcsCalls.Write(writer, "services", [service.Name]);
    }

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;

    private static Diagnostic Failed(string message) => NotDrained.Without(
        $"{message}; Terraform was not started", "mend it and park again, or bring the services back with `signalbox unpark`");
}
