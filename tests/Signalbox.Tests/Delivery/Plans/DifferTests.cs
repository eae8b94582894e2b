using Xunit;
using static Signalbox.Tests.Delivery.Plans.PlanSamples;

namespace Signalbox.Tests.Delivery.Plans;

public sealed class DifferTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", "a: 1 → 2")]
    [InlineData("""{"a":null}""", """{"a":"x"}""", "a: (none) → \"x\"")]
    [InlineData("""{"a":true}""", """{}""", "a: true → (none)")]
    [InlineData("""{"a":[{"b":1,"c":2}]}""", """{"a":[{"b":1,"c":3}]}""", "a[0].c: 2 → 3")]
    [InlineData("""{"a":["x","y"]}""", """{"a":["x","z"]}""", "a: [\"x\", \"y\"] → [\"x\", \"z\"]")]
    [InlineData("""{"a":1.0}""", """{"a":1}""", "")]
    [InlineData("""{"a":[{"b":1},{"b":2}]}""", """{"a":[{"b":2},{"b":1}]}""", "")]
    [InlineData("""{"tags":{"x y":"1"},"tags_all":{"x y":"1"}}""", """{"tags":{"x y":"2"},"tags_all":{"x y":"2"}}""", "tags[\"x y\"]: \"1\" → \"2\"")]
    [InlineData("""{"p":"{\"S\":[{\"A\":\"x\"}]}"}""", """{"p":"{\"S\":[{\"A\":\"y\"}]}"}""", "p.S[0].A: \"x\" → \"y\"")]
    [InlineData("""{"p":"{\"a\":1}"}""", """{"p":"{ \"a\": 1 }"}""", "p: (JSON) → (the same JSON, written differently)")]
    [InlineData("""{"p":"[{\"name\":\"a\",\"v\":1},{\"name\":\"b\",\"v\":1}]"}""", """{"p":"[{\"name\":\"b\",\"v\":2},{\"name\":\"a\",\"v\":1}]"}""", "p[0].v: 1 → 2")]
    public async Task The_leaf_that_changed_is_shown(string before, string after, string expected)
    {
        Assert.Equal(expected, await Changes(Change("aws_x.y", "update", before, after)));
    }

    [Fact]
    public async Task What_is_known_later_says_so_and_what_forces_replacement_is_marked()
    {
        var change = Change(
            "aws_x.y", "delete create", """{"id":"1","az":"a","list":[{"zone":"b"}]}""", """{"az":"b","list":[{}]}""",
            """{"id":true,"list":[{"zone":true}]}""", replacePaths: """[["az"],["list",0,"zone"]]""");

        Assert.Equal("az: \"a\" → \"b\" !\nlist[0].zone: \"b\" → (known after apply) !", await Changes(change));
        Assert.Equal(1, Assert.Single((await Read(Plan([change]))).Summary.Changes).RenewedAttributes);
    }

    [Fact]
    public async Task A_sensitive_leaf_hides_the_container_it_is_lost_with()
    {
        var change = Change(
            "aws_x.y", "update", """{"block":{"a":"planted-one","b":"plain"}}""", """{}""", """{"block":true}""",
            """{"block":{"a":true}}""");

        Assert.Equal("block: (sensitive) → (known after apply)", await Changes(change));
    }

    private static async Task<string> Changes(string change)
    {
        var reading = await Read(Plan([change]));
        return string.Join('\n', Assert.Single(reading.Summary.Changes).Attributes.Select(attribute =>
            $"{attribute.Path}: {attribute.Old} → {attribute.New}{(attribute.ForcesReplacement ? " !" : "")}"));
    }
}
