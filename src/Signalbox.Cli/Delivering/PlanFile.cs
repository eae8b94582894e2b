using System.Text;
using Signalbox.Delivery.Plans;
using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.Cli.Delivering;

/// <summary>Where sealed plans are kept, and which one is the newest.</summary>
internal static class PlanFile
{
    private static readonly Rule CannotWrite = new("SB3224", Severity.Error, "The sealed plan cannot be written");
    private static readonly Rule NoPlan = new("SB3225", Severity.Error, "There is no plan to apply");

    /// <summary>Writes the plan whole or not at all, and remembers it as the newest.</summary>
    /// <param name="chosen">The path that the person named; null lets the program choose one.</param>
    /// <returns>The file's absolute path.</returns>
    public static async Task<Outcome<string>> Keep(SealedPlan plan, StateFolder state, string? chosen, CancellationToken cancellation)
    {
        var manifest = plan.UntrustedManifest;
        var path = chosen ?? Path.Combine(state.Plans, $"{manifest.Environment}-{manifest.Target}-{plan.Digest}.plan");
        try
        {
            await DurableFile.Write(path, plan.Bytes, cancellation);
            await DurableFile.Write(state.NewestPlan(manifest.Environment, manifest.Target), Encoding.UTF8.GetBytes(path), cancellation);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CannotWrite.Without($"`{path}` cannot be written: {e.Message}", "make room or choose another place with `--out`, and plan again");
        }
    }

    public static Outcome<string> Newest(StateFolder state, string environment, string target)
    {
        var pointer = state.NewestPlan(environment, target);
        return File.Exists(pointer)
            ? File.ReadAllText(pointer)
            : NoPlan.Without($"no plan of `{environment}` for target `{target}` was made here", $"run `signalbox plan {environment} --target {target}`, or name a plan file");
    }
}
