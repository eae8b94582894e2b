using CsCheck;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Diagnostics;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("rot", "root")]
    [InlineData("roto", "root")]
    [InlineData("ROOT", "root")]
    [InlineData("inptus", "inputs")]
    [InlineData("var-files", "var_files")]
    [InlineData("aproval", "approval")]
    [InlineData("colour", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void A_slip_finds_its_word_and_a_stranger_none(string word, string? nearest) =>
        Assert.Equal(nearest, NearestName.Of(word, ["root", "targets", "var_files", "inputs", "plan", "parking", "guard", "approval"]));

    [Fact]
    public void The_nearest_wins_and_of_equals_the_first()
    {
        Assert.Equal("prods", NearestName.Of("prodss", ["prod", "prods"]));
        Assert.Equal("past", NearestName.Of("pest", ["past", "post"]));
    }

    [Fact]
    public void One_swap_of_neighbours_is_one_slip() =>
        Gen.Select(Gen.String["abcdef"], Gen.Int[0, 100]).Where((word, _) => word.Length is >= 3 and <= 60).Sample((word, index) =>
        {
            var at = index % (word.Length - 1);
            var swapped = $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}";
            Assert.Equal(word, NearestName.Of(swapped, [word]));
        });

    [Fact]
    public void Any_words_are_compared_without_a_complaint() =>
        Gen.Select(Texts.Any, Texts.Any).Sample((word, candidate) => { _ = NearestName.Of(word, [candidate]); });
}
