using Signalbox.Delivery.Register;

namespace Signalbox.Delivery.Parking;

/// <summary>What the register is told of a movement: that it began, before anything changes, and how it ended.</summary>
internal static class MovementNotes
{
    public const string Begun = "begun";
    public const string Done = "done";
    public const string Stopped = "stopped";

    /// <param name="note">The note that the apply makes of itself, with its digest and actor.</param>
    public static RegisterNote Of(RegisterNote note, MovementRecord movement, string outcome) => note with
    {
        Kind = ParkStates.Parse(movement.To) == ParkState.Parked ? EntryKind.Parked : EntryKind.Unparked,
        Outcome = outcome,
        // Whole when it begins: what a killed attempt has changed, the one that finishes it does not find any more.
        Facts = outcome == Begun ? MovementFacts.Of(movement) : [],
    };
}
