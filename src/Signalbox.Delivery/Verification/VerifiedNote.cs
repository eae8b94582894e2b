using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;

namespace Signalbox.Delivery.Verification;

/// <summary>
/// A verification as the register keeps it: verdicts, names and hops. What was seen at a hop stays outside, since an
/// answer's words or a redirect's query may hold what nobody should keep.
/// </summary>
public static class VerifiedNote
{
    /// <summary>An entry has room for a few names; the counts are of all.</summary>
    private const int NamesKept = 5;

    /// <param name="applied">The plan that was just applied; null leaves it to the baseline that was compared with.</param>
    public static RegisterNote Of(NoteOrigin origin, VerificationReport report, PlanDigest? applied) => origin.Note(EntryKind.Verified) with
    {
        Plan = applied ?? (report.Baseline?.Plan is { } compared ? PlanDigest.Parse(compared) : null),
        Outcome = Worst(report),
        Duration = report.Elapsed,
        Facts =
        [
            new("expected", report.Expected.Word()),
            .. report.Endpoints.GroupBy(Word, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new RegisterFact(group.Key, group.Count().ToString())),
            .. NotHealthy(report),
        ],
    };

    private static string Worst(VerificationReport report) => report.Endpoints.MaxBy(endpoint => Badness(endpoint.Verdict))!.Verdict.Words;

    private static int Badness(Verdict verdict) => verdict switch
    {
        Verdict.Healthy => 0,
        Verdict.Inconclusive => 1,
        Verdict.AlreadyBroken => 2,
        Verdict.Broken => 3,
        Verdict.BrokenByThisApply => 4,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Word(EndpointReport endpoint) => endpoint.Verdict.Words.Replace(' ', '_');

    private static IEnumerable<RegisterFact> NotHealthy(VerificationReport report)
    {
        string[] names =
        [
            .. report.Endpoints.Where(endpoint => endpoint.Verdict is not Verdict.Healthy)
                .Select(endpoint => endpoint.Verdict.Failing is { } failing ? $"{endpoint.Endpoint.Name} at {failing.Hop.Word()}" : endpoint.Endpoint.Name),
        ];
        if (names.Length == 0)
            return [];
        var more = names.Length > NamesKept ? $" and {names.Length - NamesKept} more" : "";
        return [new RegisterFact("not_healthy", string.Join(", ", names.Take(NamesKept)) + more)];
    }
}
