using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Parking;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>What a delivery needs of Terraform, for one root module, one target and one account.</summary>
public interface ITerraform
{
    /// <summary>For example `Terraform 1.11.4`.</summary>
    ToolVersion Program { get; }

    /// <summary>Runs `terraform init`, unless nothing it depends on changed since the last time.</summary>
    /// <returns>Whether it had to run.</returns>
    Task<Outcome<bool>> Initialise(Action<TerraformEvent> onEvent, CancellationToken interrupt);

    /// <summary>What the configuration consists of and where its state lies. Only true after <see cref="Initialise"/>.</summary>
    Task<Outcome<Configuration>> Configuration(CancellationToken cancellation);

    /// <summary>The root module declares an input variable and an output of these names; read without starting Terraform.</summary>
    bool Declares(ParkingNames names);

    /// <summary>A root output as the state holds it, without starting a provider. Only after <see cref="Initialise"/>.</summary>
    /// <returns>JSON text; `null` when the state has no such output, or none that may be shown.</returns>
    Task<Outcome<string>> Output(string name, CancellationToken interrupt);

    /// <summary>Makes a plan and reads it, without either ever lying on a disk.</summary>
    Task<Outcome<TerraformPlan>> Plan(PlanOptions options, Action<TerraformEvent> onEvent, CancellationToken interrupt);

    /// <summary>Applies exactly the bytes that were approved.</summary>
    /// <param name="record">A file for what Terraform says, so that it goes on when this process is killed, and <see cref="Recovery.IStateBackend.Said"/> can read it.</param>
    Task<Outcome<ApplyReport>> Apply(ApprovedPlan plan, string record, Action<TerraformEvent> onEvent, CancellationToken interrupt);
}

/// <summary>A program or provider and its exact version.</summary>
public sealed record ToolVersion(string Name, string Version)
{
    public override string ToString() => $"{Name} {Version}";
}

/// <param name="Variables">Input variables for this plan only, as `name=value`.</param>
/// <param name="WithRefresh">False skips reading the account: faster, and blind to what changed there.</param>
/// <param name="Movement">Given, the park guard judges the plan too.</param>
public sealed record PlanOptions(ValueList<string> Variables, bool WithRefresh = true, Movement? Movement = null);

/// <param name="Inputs">Every file the plan depends on, with its content's digest.</param>
/// <param name="Providers">The providers that the lock file selects.</param>
/// <param name="Backend">Where the state lies, for example `s3://bucket/key`.</param>
public sealed record Configuration(PlanInputs Inputs, ValueList<ToolVersion> Providers, string Backend);

/// <param name="Bytes">The plan file, in clear: seal it or forget it.</param>
/// <param name="State">The state that the plan was made against.</param>
public sealed record TerraformPlan(ReadOnlyMemory<byte> Bytes, PlanReading Reading, StateIdentity State);

/// <param name="Changes">What the apply did, in the order it happened.</param>
public sealed record ApplyReport(ValueList<TerraformEvent.Completed> Changes, TerraformEvent.Summary Totals, ValueList<OutputValue> Outputs, TimeSpan Elapsed);
