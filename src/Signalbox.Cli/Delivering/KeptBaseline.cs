using System.Text;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Verification;
using Signalbox.Diagnostics;
using Signalbox.Journal;

namespace Signalbox.Cli.Delivering;

/// <summary>The baseline that the last apply of one environment and target took, beside its plan.</summary>
internal sealed class KeptBaseline(StateFolder state, string environment, Target target)
{
    private string Pointer => Path.Combine(state.Plans, $"{environment}-{target.Word()}.baseline");

    /// <summary>Keeps it beside the plan with that digest, and remembers it as the newest.</summary>
    /// <returns>Why that failed, or null.</returns>
    public async Task<Diagnostic?> Keep(Baseline baseline, CancellationToken cancellation)
    {
        var path = Path.Combine(state.Plans, $"{environment}-{target.Word()}-{baseline.Plan?[..12]}.baseline.json");
        if (await BaselineFile.Write(path, baseline, cancellation) is { } unwritten)
            return unwritten;
        await DurableFile.Write(Pointer, Encoding.UTF8.GetBytes(Path.GetFileName(path)), cancellation);
        return null;
    }

    /// <summary>The newest one, unless it is too old to say anything; null when there is none.</summary>
    public async Task<Outcome<Kept>?> Newest(DateTimeOffset now, CancellationToken cancellation)
    {
        if (!File.Exists(Pointer))
            return null;
        var path = Path.Combine(state.Plans, Path.GetFileName(await File.ReadAllTextAsync(Pointer, cancellation)));
        if (!File.Exists(path))
            return null;
        if (!(await BaselineFile.Read(path, cancellation)).Succeeded(out var baseline, out var problems))
            return new Outcome<Kept>.Failure(problems);
        if (now - baseline.TakenAt > Baseline.UsedFor)
            return null;
        return new Kept(path, baseline);
    }

    /// <summary>Writes down which endpoints are healthy after the apply: what breaks later was not its doing.</summary>
    /// <returns>Why that failed, or null.</returns>
    public static async Task<Diagnostic?> Remember(Kept kept, VerificationReport report, CancellationToken cancellation)
    {
        var healthy = report.Endpoints.Where(endpoint => endpoint.Verdict is Verdict.Healthy).Select(endpoint => endpoint.Endpoint.Name).ToHashSet(StringComparer.Ordinal);
        var known = kept.Baseline.WithHealthy(healthy, report.At);
        return known == kept.Baseline ? null : await BaselineFile.Write(kept.Path, known, cancellation);
    }

    internal sealed record Kept(string Path, Baseline Baseline);
}
