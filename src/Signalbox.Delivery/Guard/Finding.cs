using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard;

/// <summary>What a finding does to a plan, from the mildest to the strongest.</summary>
public enum Judgement
{
    /// <summary>Worth reading.</summary>
    Note,

    /// <summary>A person must say yes.</summary>
    Hold,

    /// <summary>Nobody can say yes: the plan is never applied.</summary>
    Deny,
}

/// <summary>What the guard says of one resource in a plan.</summary>
/// <param name="Address">The resource's Terraform address, or an output's or the plan's own name.</param>
public sealed record Finding(Rule Rule, Judgement Judgement, string Address, string Message, string? Hint);
