namespace Signalbox.Delivery.Register.Leases;

/// <summary>What can be known of a holder elsewhere beyond its beat: the pipeline run that it works for.</summary>
public interface IHolderRuns
{
    /// <summary>Whether the run is over; false also when nobody can say.</summary>
    /// <param name="run">The run, as <see cref="LeaseHolder.Run"/> names it.</param>
    Task<bool> HasEnded(string run, CancellationToken cancellation);
}
