using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Plans;
using Signalbox.Delivery.Register;
using Signalbox.Delivery.Verification;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

/// <summary>What the register keeps of a verification.</summary>
public sealed class VerifiedNoteTests
{
    private static readonly HopFailure Broken = new(Hop.Service, "answered 302 to https://login.example.com/?token=s3cret");
    private static readonly string Compared = new('a', 64);

    [Fact]
    public void Every_verdict_is_counted_and_the_worst_is_the_outcome()
    {
        var note = Note(baseline: null, applied: null, new Verdict.Healthy(), new Verdict.Broken(Broken), new Verdict.Inconclusive("no route"), new Verdict.Healthy());

        Assert.Equal(EntryKind.Verified, note.Kind);
        Assert.Equal("broken", note.Outcome);
        Assert.Null(note.Plan);
        Assert.Equal(
            [new("expected", "live"), new("broken", "1"), new("healthy", "2"), new("inconclusive", "1"), new("not_healthy", "portal at service, portal")],
            note.Facts);
    }

    [Fact]
    public void What_was_seen_at_a_hop_stays_outside() =>
        Assert.DoesNotContain(Note(null, null, new Verdict.Broken(Broken)).Facts, fact => fact.Value.Contains("s3cret", StringComparison.Ordinal));

    [Fact]
    public void A_healthy_environment_names_nobody()
    {
        var note = Note(null, null, new Verdict.Healthy());

        Assert.Equal("healthy", note.Outcome);
        Assert.DoesNotContain(note.Facts, fact => fact.Name == "not_healthy");
    }

    [Fact]
    public void Names_are_cut_off_and_counts_are_not()
    {
        var note = Note(null, null, [.. Enumerable.Repeat(new Verdict.BrokenByThisApply(Broken), 500)]);

        Assert.Contains(new RegisterFact("broken_by_this_apply", "500"), note.Facts);
        Assert.EndsWith("portal at service and 495 more", note.Facts.Single(fact => fact.Name == "not_healthy").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_is_the_applied_one_else_the_baseline_s()
    {
        var applied = PlanDigest.Parse(new string('b', 64));

        Assert.Equal(Compared, Note(Compared, null, new Verdict.Healthy()).Plan!.Hex);
        Assert.Equal(applied, Note(Compared, applied, new Verdict.Healthy()).Plan);
    }

    private static RegisterNote Note(string? baseline, PlanDigest? applied, params Verdict[] verdicts)
    {
        var before = baseline is null ? null : new Baseline("prod", Target.Sandbox, DateTimeOffset.UnixEpoch, baseline, ExpectedState.Live, []);
        var report = new VerificationReport(
            "prod",
            Target.Sandbox,
            ExpectedState.Live,
            before,
            [.. verdicts.Select(verdict => new EndpointReport(Portal.Endpoint, verdict, new Sight.AsExpected(), Latest: null, Probes: 1, TimeSpan.Zero))],
            DateTimeOffset.UnixEpoch,
            TimeSpan.FromSeconds(2));
        return VerifiedNote.Of(new NoteOrigin("prod", Target.Sandbox, new Actor("ada", "git")), report, applied);
    }
}
