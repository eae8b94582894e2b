using System.Text.Json;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>Asks the engine, through CircleCI's HTTP API v2, who approved the hold job of the run that this job belongs to.</summary>
internal static class HoldApproval
{
    private static readonly Rule NoAnswer = new("SB3455", Severity.Warning, "The engine does not say who approved");

    /// <returns>The newest approver's name; null outside a run, and where no hold job was approved.</returns>
    public static async Task<Outcome<string>?> Read(IReadOnlyDictionary<string, string> variables, CancellationToken cancellation)
    {
        if (variables.GetValueOrDefault("CIRCLE_WORKFLOW_ID") is not { Length: > 0 } run)
            return null;
        using var engine = EngineApi.Of(variables);
        if (engine is null)
            return null;
        try
        {
            using var jobs = await engine.Get($"/api/v2/workflow/{Uri.EscapeDataString(run)}/job", cancellation);
            if (ApproverIn(jobs.RootElement) is not { } approver)
                return null;
            return await NameOf(engine, approver, cancellation);
        }
        catch (Exception e) when (EngineApi.IsNoAnswer(e, cancellation))
        {
            return NoAnswer.Without($"{engine.Address} does not say who approved run {run}: {e.Message}", "check `SIGNALBOX_API_URL` and the token, or approve with `signalbox sign`");
        }
    }

    private static string? ApproverIn(JsonElement answer) => answer.GetProperty("items").EnumerateArray()
        .Where(job => EngineApi.Text(job, "type") == "approval" && EngineApi.Text(job, "status") == "success")
        .Select(job => EngineApi.Text(job, "approved_by"))
        .LastOrDefault(approver => approver is { Length: > 0 });

    /// <summary>CircleCI names a person by an id; who that is it tells apart, and not to everyone.</summary>
    private static async Task<string> NameOf(EngineApi engine, string approver, CancellationToken cancellation)
    {
        if (!Guid.TryParse(approver, out _))
            return approver;
        try
        {
            using var user = await engine.Get($"/api/v2/user/{approver}", cancellation);
            return EngineApi.Text(user.RootElement, "login") is { Length: > 0 } login ? login : approver;
        }
        catch (HttpRequestException)
        {
            return approver;
        }
    }
}
