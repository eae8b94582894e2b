namespace Signalbox.Delivery.Environments;

/// <summary>How a root module speaks of being parked.</summary>
/// <param name="Variable">The boolean input variable that parks it.</param>
/// <param name="Output">The output that keeps the wanted state, so that it is sticky.</param>
public sealed record ParkingNames(string Variable, string Output)
{
    public static ParkingNames Default { get; } = new("parked", "parked");
}
