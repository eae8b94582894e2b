using CsCheck;
using Signalbox.Delivery.Verification;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

/// <summary>The verdict is a pure function of what was seen before and what is seen now.</summary>
public sealed class VerdictTests
{
    private static readonly Gen<Sight> AnySight = Gen.OneOf(
        Gen.Const<Sight>(new Sight.AsExpected()),
        Gen.Const<Sight>(new Sight.Unseen("no route")),
        Gen.Int[0, HopWords.All.Count - 1].Select(hop => (Sight)new Sight.Wrong(new HopFailure(HopWords.All[hop], "is wrong"))));

    private static readonly Gen<EarlierSight?> AnyEarlier = Gen.Select(AnySight, Gen.Int[0, 3]).Select((seen, kind) => kind switch
    {
        0 => null,
        1 => new EarlierSight(seen, DateTimeOffset.UnixEpoch),
        _ => new EarlierSight(seen),
    });

    [Fact]
    public void Healthy_is_said_exactly_when_everything_is_as_expected() =>
        Gen.Select(AnyEarlier, AnySight).Sample((before, now) => Assert.Equal(now is Sight.AsExpected, Verdict.Of(before, now) is Verdict.Healthy));

    [Fact]
    public void What_this_machine_could_not_see_is_never_held_against_the_endpoint() =>
        AnyEarlier.Sample(before => Assert.IsType<Verdict.Inconclusive>(Verdict.Of(before, new Sight.Unseen("no route"))));

    [Fact]
    public void An_apply_is_blamed_only_for_a_hop_that_was_passed_before_it_and_not_healthy_after_it() =>
        Gen.Select(AnyEarlier, AnySight).Sample((before, now) =>
        {
            if (Verdict.Of(before, now) is not Verdict.BrokenByThisApply broken)
                return;
            Assert.NotNull(before);
            Assert.Null(before.HealthySince);
            Assert.True(before.Seen is Sight.AsExpected || (before.Seen is Sight.Wrong earlier && broken.Failure.Hop < earlier.Failure.Hop));
        });

    [Fact]
    public void A_failure_keeps_its_hop_in_every_verdict() =>
        Gen.Select(AnyEarlier, AnySight).Sample((before, now) => Assert.Equal((now as Sight.Wrong)?.Failure, Verdict.Of(before, now).Failing));

    [Theory]
    [InlineData("tls", "service", "broken by this apply")]
    [InlineData("service", "tls", "already broken")]
    [InlineData("service", "service", "already broken")]
    public void A_hop_nearer_than_the_one_that_was_broken_had_been_passed(string now, string before, string verdict) =>
        Assert.Equal(verdict, Verdict.Of(new EarlierSight(Wrong(before)), Wrong(now)).Words);

    [Fact]
    public void Every_hop_has_its_word()
    {
        Assert.All(HopWords.All, hop => Assert.Equal(hop, HopWords.Parse(hop.Word())));
        Assert.Equal(Enum.GetValues<Hop>(), HopWords.All);
    }

    [Fact]
    public void Every_fault_is_ours_or_has_a_hop() =>
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.True(Enum.IsDefined(new Fault(kind, "").HopFor(Hop.Service))));

    private static Sight.Wrong Wrong(string hop) => new(new HopFailure(HopWords.Parse(hop)!.Value, "is wrong"));
}
