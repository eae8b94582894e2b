using CsCheck;
using Signalbox.Delivery.Verification;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

public sealed class SettlingTests
{
    private static readonly Sight Good = new Sight.AsExpected();
    private static readonly Sight Bad = new Sight.Wrong(new HopFailure(Hop.Edge, "is wrong"));
    private static readonly Sight Dark = new Sight.Unseen("no route");

    [Theory]
    [InlineData("G", 1, 3, "G")]
    [InlineData("BG", 1, 3, "G")]
    [InlineData("BBGBB", 2, 3, "")]
    [InlineData("GG", 2, 3, "G")]
    [InlineData("GBGG", 2, 3, "G")]
    [InlineData("BBB", 1, 3, "B")]
    [InlineData("DDD", 1, 3, "D")]
    [InlineData("DBD", 1, 3, "B")]
    [InlineData("BDD", 1, 3, "B")]
    public void Enough_in_a_row_settles(string sights, int successes, int failures, string conclusion)
    {
        var settling = Settling.Of(new VerificationSettings { Successes = successes, Failures = failures });
        foreach (var letter in sights)
        {
            Assert.False(settling.IsSettled);
            settling = settling.After(letter switch { 'G' => Good, 'B' => Bad, _ => Dark });
        }

        Assert.Equal(conclusion.Length > 0, settling.IsSettled);
        if (settling.IsSettled)
            Assert.Equal(conclusion switch { "G" => Good, "B" => Bad, _ => Dark }, settling.Conclusion);
    }

    [Fact]
    public void Too_few_good_probes_before_the_deadline_are_neither_good_nor_bad()
    {
        var settling = Settling.Of(new VerificationSettings { Successes = 3 }).After(Good);

        Assert.Contains("1 times in a row before the deadline, 3 are asked for", Assert.IsType<Sight.Unseen>(settling.Conclusion).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_double_to_a_limit_and_start_anew_after_a_success()
    {
        var settling = Settling.Of(new VerificationSettings { Interval = TimeSpan.FromSeconds(2), Failures = 100, Successes = 2 });
        var waits = new List<double>();
        for (var probe = 0; probe < 5; probe++)
            waits.Add((settling = settling.After(Bad)).Wait.TotalSeconds);

        Assert.Equal([2, 4, 8, 10, 10], waits);
        Assert.Equal(2, settling.After(Good).Wait.TotalSeconds);
    }

    [Fact]
    public void No_row_of_sights_that_ends_well_is_called_broken() =>
        Gen.Int[0, 2].Array[0, 20].Sample(kinds =>
        {
            var settling = Settling.Of(new VerificationSettings { Failures = 100 });
            foreach (var kind in kinds)
                settling = settling.After(kind switch { 0 => Good, 1 => Bad, _ => Dark });
            Assert.Equal(Good, settling.After(Good).Conclusion);
        });
}
