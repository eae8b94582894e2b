using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Diagnostics;

namespace Signalbox.Cli.Delivering;

/// <summary>Writes down that a plan was made.</summary>
internal static class PlannedEntry
{
    public static Task<Outcome<RegisterEntry>> Append(DeliverySession session, PlannedDelivery planned, TimeSpan elapsed, CancellationToken cancellation)
    {
        var (manifest, counts) = (planned.Plan.UntrustedManifest, planned.Reading.Summary.Counts);
        return session.Register.Append(
            session.Note(EntryKind.Planned) with
            {
                Plan = planned.Plan.Digest,
                Commit = manifest.Commit,
                Findings = [.. manifest.Findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal)],
                Outcome = manifest.Verdict,
                Duration = elapsed,
                Facts =
                [
                    .. Counted("create", counts.Create),
                    .. Counted("update", counts.Update),
                    .. Counted("replace", counts.Replace),
                    .. Counted("delete", counts.Delete),
                    .. Counted("forget", counts.Forget),
                    .. Counted("import", counts.Import),
                    new("state_serial", manifest.StateSerial.ToString()),
                    .. manifest.SameAs is { } same ? (RegisterFact[])[new("same_as", string.Join(' ', same))] : [],
                    .. manifest.Dirty ? (RegisterFact[])[new("dirty", "true")] : [],
                    .. manifest.ParkIntent is { } intent ? (RegisterFact[])[new("park_intent", intent)] : [],
                ],
            },
            cancellation);
    }

    private static IEnumerable<RegisterFact> Counted(string name, int count) => count == 0 ? [] : [new RegisterFact(name, count.ToString())];
}
