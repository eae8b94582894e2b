using Signalbox.Delivery.Parking;
using Signalbox.Diagnostics;

namespace Signalbox.Delivery.Guard;

/// <summary>What signalbox.yml says the guard must protect, on top of what it protects anyway.</summary>
public sealed record GuardPolicy
{
    /// <summary>Resource types that are stateful besides the built-in list.</summary>
    public ValueList<string> StatefulTypes { get; init; } = [];

    /// <summary>Addresses (a module or a resource, with everything below it) that are stateful whatever their type.</summary>
    public ValueList<string> StatefulAddresses { get; init; } = [];

    /// <summary>Given, the plan must park or unpark and nothing else.</summary>
    public Movement? Movement { get; init; }
}
