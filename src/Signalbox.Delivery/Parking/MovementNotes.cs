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
        Facts = outcome switch
        {
            Begun => MovementFacts.Of(movement with { Metered = [] }),
            Done => MovementFacts.Of(new MovementRecord { To = movement.To, Metered = movement.Metered }),
            _ => [],
        },
    };
}
