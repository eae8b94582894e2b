using System.Diagnostics;

namespace Signalbox.Delivery.Parking;

/// <summary>The two states of an environment; as an intent, which one is wanted.</summary>
public enum ParkState
{
    Unparked,
    Parked,
}

public static class ParkStates
{
    /// <summary>The word that manifests, the register and answers use.</summary>
    public static string Word(this ParkState state) => state switch
    {
        ParkState.Unparked => "unparked",
        ParkState.Parked => "parked",
        _ => throw new UnreachableException(),
    };

    /// <summary>The command that leads there.</summary>
    public static string Verb(this ParkState state) => state switch
    {
        ParkState.Unparked => "unpark",
        ParkState.Parked => "park",
        _ => throw new UnreachableException(),
    };

    /// <summary>The value of the root module's variable, as JSON and as Terraform spell it.</summary>
    public static string Value(this ParkState state) => state == ParkState.Parked ? "true" : "false";

    public static ParkState? Parse(string? word) => word switch
    {
        "unparked" => ParkState.Unparked,
        "parked" => ParkState.Parked,
        _ => null,
    };

    /// <summary>What the root module's output says; null when it says neither.</summary>
    /// <param name="json">The output's value as JSON text.</param>
    public static ParkState? OfOutput(string? json) => json switch
    {
        "false" => ParkState.Unparked,
        "true" => ParkState.Parked,
        _ => null,
    };
}
