using CsCheck;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Environments;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("infra/lambda/**", "infra/lambda/index.js", true)]
    [InlineData("infra/lambda/**", "infra/lambda/src/deep/index.js", true)]
    [InlineData("infra/lambda/**", "infra/lambdas/index.js", false)]
    [InlineData("**/*.js", "index.js", true)]
    [InlineData("**/*.js", "a/b/index.js", true)]
    [InlineData("**/*.js", "a/b/index.jsx", false)]
    [InlineData("docker/*/Dockerfile", "docker/base/Dockerfile", true)]
    [InlineData("docker/*/Dockerfile", "docker/a/b/Dockerfile", false)]
    [InlineData("docker/**/Dockerfile", "docker/Dockerfile", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b*", "xxbxxaxx", false)]
    [InlineData("./infra//x", "infra/x", true)]
    public void A_star_stays_in_one_folder_and_two_stars_do_not(string pattern, string path, bool matches) =>
        Assert.Equal(matches, Parse(pattern).Matches(path));

    [Fact]
    public void A_path_matches_itself_and_any_part_of_it_may_be_a_star() =>
        Gen.Select(Gen.String["abc"].Where(name => name.Length > 0).Array[1, 5], Gen.Int[0, 100]).Sample((names, index) =>
        {
            var path = string.Join('/', names);
            names[index % names.Length] = "*";

            Assert.True(Parse(path).Matches(path));
            Assert.True(Parse(string.Join('/', names)).Matches(path));
            Assert.True(Parse($"{names[0]}/**").Matches(path));
        });

    [Fact]
    public void No_pattern_is_slow() =>
        Assert.False(Parse(string.Concat(Enumerable.Repeat("**/*a*a*a*a/", 50)) + "z").Matches(string.Join('/', Enumerable.Repeat(new string('a', 100), 60))));

    private static PathPattern Parse(string text)
    {
        Assert.True(PathPattern.Parse(new SourceText("x", text), new Span(0, text.Length), text).Succeeded(out var pattern, out _));
        return pattern;
    }
}
