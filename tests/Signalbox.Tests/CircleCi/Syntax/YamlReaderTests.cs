using Signalbox.CircleCi.Syntax;
using Xunit;

namespace Signalbox.Tests.CircleCi.Syntax;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("yes", ScalarType.Boolean)]
    [InlineData("Off", ScalarType.Boolean)]
    [InlineData("\"true\"", ScalarType.Text)]
    [InlineData("y", ScalarType.Text)]
    [InlineData("~", ScalarType.Null)]
    [InlineData("", ScalarType.Null)]
    [InlineData("12", ScalarType.WholeNumber)]
    [InlineData("0x1F", ScalarType.WholeNumber)]
    [InlineData("1_000", ScalarType.WholeNumber)]
    [InlineData("3.10", ScalarType.Fraction)]
    [InlineData("1e3", ScalarType.Fraction)]
    [InlineData(".nan", ScalarType.Fraction)]
    [InlineData("1.2.3", ScalarType.Text)]
    [InlineData("2019-01-01", ScalarType.Text)]
    [InlineData("22:22", ScalarType.Text)]
    [InlineData("!!str 12", ScalarType.Text)]
    [InlineData("!!int \"12\"", ScalarType.WholeNumber)]
    public void A_scalar_has_its_yaml_1_1_type(string written, ScalarType type) =>
        Assert.Equal(type, ((YamlNode.Scalar)((YamlNode.Mapping)YamlText.Read($"key: {written}"))["key"]!).Type);

    [Theory]
    [InlineData("0x1F", 31L)]
    [InlineData("0b101", 5L)]
    [InlineData("010", 8L)]
    [InlineData("-1_000", -1000L)]
    [InlineData("99999999999999999999", null)]
    public void A_whole_number_has_a_value_when_it_fits(string written, long? value) =>
        Assert.Equal(value, ((YamlNode.Scalar)YamlText.Read(written)).WholeNumber);

    [Fact]
    public void A_span_is_what_the_source_says()
    {
        var root = (YamlNode.Mapping)YamlText.Read("\uFEFFone: 'é🙂'\r\ntwo: [a, {b: c}]\r\nthree:\r\n  - x\r\n  - y: z\r\n\r\nfour: &f\r\n  k: v\r\nfive: *f\r\n");

        Assert.Equal("'é🙂'", YamlText.Written(root["one"]!));
        Assert.Equal("[a, {b: c}]", YamlText.Written(root["two"]!));
        Assert.Equal("- x\r\n  - y: z", YamlText.Written(root["three"]!));
        Assert.Equal("four", YamlText.Written(root.Find("four")!.Key));
        Assert.Same(root["four"], root["five"]);
    }

    [Fact]
    public void A_merge_key_gives_way_to_what_is_written_and_its_earlier_alias_wins()
    {
        var root = (YamlNode.Mapping)YamlText.Read("""
            one: &one {a: 1, b: 1}
            two: &two {b: 2, c: 2, d: 2}
            all:
              d: 3
              <<: [*one, *two]
              a: 3
            """);

        Assert.True(YamlEquality.Same(YamlText.Read("{a: 3, b: 1, c: 2, d: 3}"), root["all"]!));
    }

    [Fact]
    public void An_anchor_may_be_defined_again_and_the_last_one_above_counts()
    {
        var root = (YamlNode.Mapping)YamlText.Read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n");

        Assert.Equal(["1", "2"], [((YamlNode.Scalar)root["b"]!).Text, ((YamlNode.Scalar)root["d"]!).Text]);
    }

    [Theory]
    [InlineData("a: [1, 2\nb: 3", "SB1001")]
    [InlineData("a:\n\tb: 1", "SB1002")]
    [InlineData("a: *nothing", "SB1004")]
    [InlineData("a: &a [*a]", "SB1004")]
    [InlineData("a: 1\n---\nb: 2", "SB1006")]
    [InlineData("key: {{ .Branch }}", "SB1007")]
    [InlineData("a: 1\na: 2", "SB1008")]
    [InlineData("<<: text", "SB1009")]
    public void What_is_wrong_has_its_code(string text, string code) =>
        Assert.Equal(code, Assert.Single(YamlText.Try(text).Problems).Rule.Code);

    [Fact]
    public void A_bomb_of_aliases_is_refused()
    {
        var lines = Enumerable.Range(1, 20).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]");
        var (node, problems) = YamlText.Try($"a0: &a0 [x, x]\n{string.Join('\n', lines)}\n");

        Assert.Null(node);
        Assert.Equal("SB1005", Assert.Single(problems).Rule.Code);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('-')]
    public void Deep_nesting_is_refused(char opening)
    {
        var text = opening == '-' ? string.Concat(Enumerable.Repeat("- ", 100_000)) : new string(opening, 1_000_000);
        var (node, problems) = YamlText.Try(text);

        Assert.Null(node);
        Assert.Equal("SB1003", Assert.Single(problems).Rule.Code);
    }
}
