using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Plans;

/// <summary>
/// What Terraform says while it works (https://developer.hashicorp.com/terraform/internals/machine-readable-ui), and, with
/// the action `drain`, what Signalbox does before it.
/// </summary>
public abstract record TerraformEvent
{
    private TerraformEvent() { }

    /// <summary>A resource of the state was read from the account.</summary>
    public sealed record Refreshed(string Address) : TerraformEvent;

    /// <summary>A change belongs to the plan.</summary>
    public sealed record Planned(string Address, string Action) : TerraformEvent;

    public sealed record Started(string Address, string Action) : TerraformEvent;

    /// <summary>Still at it; said every ten seconds.</summary>
    public sealed record Progressing(string Address, string Action, TimeSpan Elapsed) : TerraformEvent;

    public sealed record Completed(string Address, string Action, TimeSpan Elapsed, string? Identifier) : TerraformEvent;

    public sealed record Errored(string Address, string Action, TimeSpan Elapsed) : TerraformEvent;

    /// <summary>The last word: how many were added, changed, removed.</summary>
    public sealed record Summary(string Operation, int Added, int Changed, int Removed) : TerraformEvent;

    /// <summary>The root module's outputs; a sensitive one has no value.</summary>
    public sealed record Outputs(ValueList<OutputValue> Values) : TerraformEvent;

    public sealed record Reported(Diagnostic Diagnostic) : TerraformEvent;

    /// <summary>Terraform's own log line, such as the answer to an interrupt.</summary>
    public sealed record Logged(string Message) : TerraformEvent;
}

/// <param name="Value">JSON text, or null when the output is sensitive or not known.</param>
public sealed record OutputValue(string Name, string? Value, bool IsSensitive);
