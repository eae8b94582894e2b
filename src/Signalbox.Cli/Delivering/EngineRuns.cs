using Signalbox.Delivery.Register.Leases;

namespace Signalbox.Cli.Delivering;

/// <summary>Asks the engine what became of the run that a lease's holder works for.</summary>
internal sealed class EngineRuns(IReadOnlyDictionary<string, string> variables) : IHolderRuns
{
    /// <summary>The statuses of a workflow that is over; `failing` still runs its last jobs, and `on_hold` waits.</summary>
    private static readonly string[] Over = ["success", "failed", "error", "canceled", "unauthorized", "not_run"];

    /// <inheritdoc/>
    public async Task<bool> HasEnded(string run, CancellationToken cancellation)
    {
        using var engine = EngineApi.Of(variables);
        if (engine is null)
            return false;
        try
        {
            using var workflow = await engine.Get($"/api/v2/workflow/{Uri.EscapeDataString(run)}", cancellation);
            return EngineApi.Text(workflow.RootElement, "status") is { } status && Over.Contains(status, StringComparer.Ordinal);
        }
        catch (Exception e) when (EngineApi.IsNoAnswer(e, cancellation))
        {
            return false;
        }
    }
}
