using Signalbox.Delivery.Environments;

namespace Signalbox.Delivery.Parking;

/// <summary>A park or an unpark that is being planned.</summary>
/// <param name="Interrupted">A movement, either way, that began and whose end nobody wrote down: its traces in the account are no stranger's.</param>
/// <param name="Names">How the root module speaks of it.</param>
/// <param name="Remembered">For an unpark: what the register remembers of the parking, which must come back. Null when nobody wrote it down.</param>
public sealed record Movement(ParkState To, ParkingNames Names, ParkableChanges Parkable, MovementRecord? Remembered, MovementRecord? Interrupted = null)
{
    /// <summary>What Terraform is told.</summary>
    internal string Variable => $"{Names.Variable}={To.Value()}";
}
