using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Recovery;

/// <summary>The lock on a Terraform state, as Terraform tells it.</summary>
/// <param name="Who">`user@host`.</param>
public sealed record StateLock(string Id, string Who, string Operation, DateTimeOffset Created)
{
    /// <summary>Whether it was taken on a machine of that name; Terraform may write the name with its domain.</summary>
    public bool IsOf(string machine) => Who[(Who.LastIndexOf('@') + 1)..].Split('.')[0].Equals(machine.Split('.')[0], StringComparison.OrdinalIgnoreCase);
}

/// <summary>What recovery needs of a state and its lock. Starts no provider.</summary>
public interface IStateBackend
{
    /// <summary>A Terraform process that works in the root module now; null when there is none, or this system cannot say.</summary>
    int? RunningTerraform();

    /// <summary>Null when the state is free.</summary>
    Task<Outcome<StateLock?>> FindLock(CancellationToken cancellation);

    Task<Outcome<bool>> Unlock(StateLock held, CancellationToken cancellation);

    /// <summary>The addresses of every resource in the state.</summary>
    Task<Outcome<IReadOnlySet<string>>> Addresses(CancellationToken cancellation);

    /// <summary>What Terraform said during an apply, from the record that it wrote; nothing when there is none.</summary>
    IReadOnlyList<TerraformEvent> Said(string record);

    /// <summary>A state that Terraform could not store and left beside the configuration; null when there is none.</summary>
    string? LeftState();
}
