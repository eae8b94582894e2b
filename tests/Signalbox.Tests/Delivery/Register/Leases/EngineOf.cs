using Signalbox.Delivery.Register.Leases;

namespace Signalbox.Tests.Delivery.Register.Leases;

/// <summary>An engine that knows which runs are over, and counts how often it was asked.</summary>
internal sealed class EngineOf(params string[] ended) : IHolderRuns
{
    public static EngineOf Nobody { get; } = new();

    public int Asked { get; private set; }

    public Task<bool> HasEnded(string run, CancellationToken cancellation)
    {
        Asked++;
        return Task.FromResult(ended.Contains(run, StringComparer.Ordinal));
    }
}
