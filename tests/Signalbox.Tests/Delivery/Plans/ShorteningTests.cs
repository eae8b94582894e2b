using CsCheck;
using Signalbox.Delivery.Plans;
using Xunit;

namespace Signalbox.Tests.Delivery.Plans;

public sealed class ShorteningTests
{
    [Fact]
    public void A_difference_deep_inside_a_long_value_stays_visible()
    {
        var shared = new string('a', 500);

        var (old, @new) = Shortening.Together($"{shared}OLD{shared}", $"{shared}NEWER{shared}");

        Assert.Equal("…aaaaaaaaaaaaaaaaOLDaaaaaaaaaaaaaaaa…", old);
        Assert.Equal("…aaaaaaaaaaaaaaaaNEWERaaaaaaaaaaaaaaaa…", @new);
    }

    [Fact]
    public void Different_values_never_become_the_same() =>
        Gen.Select(Gen.String[0, 300], Gen.String[0, 120], Gen.String[0, 120], Gen.String[0, 300]).Sample((start, one, other, end) =>
        {
            var (before, after) = ($"{start}{one}{end}", $"{start}{other}{end}");
            var (old, @new) = Shortening.Together(before, after);
            Assert.Equal(before == after, old == @new);
            Assert.True(old.Length <= 150, $"{old.Length}");
        });
}
