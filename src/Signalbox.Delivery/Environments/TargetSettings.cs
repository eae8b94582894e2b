using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Environments;

/// <summary>What an environment needs to know where it lives.</summary>
/// <param name="Account">The 12-digit account that the credentials must belong to; null when any will do.</param>
/// <param name="Region">The region to work in; null leaves it to the credentials' own configuration.</param>
/// <param name="Variables">Input variables of the root module, in the order written.</param>
public sealed record TargetSettings(Target Target, string? Account, string? Region, ValueList<TerraformVariable> Variables);

/// <summary>One input variable and its value as text, as it is given in `TF_VAR_…`.</summary>
public sealed record TerraformVariable(string Name, string Value);
