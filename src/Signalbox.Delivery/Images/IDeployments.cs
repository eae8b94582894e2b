using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Images;

/// <summary>What the account really runs.</summary>
public interface IDeployments
{
    /// <summary>Every service, and every task definition that no service uses and a one-off task would start from.</summary>
    Task<Outcome<ValueList<Deployment>>> All(CancellationToken cancellation);
}

/// <param name="Service">Null for a task definition without a service.</param>
/// <param name="TaskDefinition">`family:revision` of what would be started now.</param>
/// <param name="Images">The images that it names.</param>
/// <param name="IsRolling">An older deployment still has tasks.</param>
/// <param name="Tasks">The image digests of the tasks that run now, one for each container.</param>
public sealed record Deployment(
    string? Service, string TaskDefinition, ValueList<ImageReference> Images, int Wanted, int Running, bool IsRolling, ValueList<RunningContainer> Tasks)
{
    public string Name => Service ?? TaskDefinition.Split(':')[0];
}

/// <param name="Digest">Null until the agent has pulled the image.</param>
public sealed record RunningContainer(ImageReference Image, ImageDigest? Digest);
