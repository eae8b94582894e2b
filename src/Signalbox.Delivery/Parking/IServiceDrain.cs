using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Parking;

/// <summary>
/// Takes services to nothing before a park changes anything else, because Terraform updates in the order of creation:
/// it would let the database fall before those who use it have gone (docs/adr/0014).
/// </summary>
public interface IServiceDrain
{
    /// <summary>Wants no task of any of them, and waits until none runs. Safe to repeat.</summary>
    /// <param name="onEvent">Told when each is asked, and when nothing of it runs any more.</param>
    /// <returns>How long it took.</returns>
    Task<Outcome<TimeSpan>> Drain(IReadOnlyList<ServiceToDrain> services, Action<TerraformEvent> onEvent, CancellationToken interrupt);
}

/// <summary>A service that a park takes to nothing, as ECS calls it.</summary>
/// <param name="Address">What the root module calls it.</param>
/// <param name="Cluster">Its name or ARN.</param>
/// <param name="Region">Null when the state does not say: then the environment's own.</param>
public sealed record ServiceToDrain(string Address, string Cluster, string Name, string? Region);
