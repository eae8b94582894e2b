using Signalbox.Diagnostics;

namespace Signalbox.Sandbox;

/// <summary>What a sandbox must have when it is up.</summary>
public sealed record SandboxRequest
{
    /// <summary>Buckets of Terraform's state; created when missing, versions kept.</summary>
    public ValueList<string> StateBuckets { get; init; } = [];

    /// <summary>The snapshot to start from; null for an empty account.</summary>
    public string? Snapshot { get; init; }
}

/// <summary>What taking the sandbox down came to.</summary>
/// <param name="ProcessId">The emulator that was ended; null when none was alive.</param>
public sealed record SandboxEnd(int? ProcessId);
