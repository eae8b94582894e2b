using CsCheck;
using Signalbox.Delivery.Images;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Images;

public sealed class TagTemplateTests
{
    private static TagTemplate Base { get; } = Families.Of("prefect-base", "blog-data", "prefect-3-python3.12-ecs").Tag;

    private static TagTemplate Deployer { get; } = Families.Of("prefect-deployer", "blog-data", "prefect-deployer-3-python3.12-{short_sha}").Tag;

    [Fact]
    public void A_fixed_template_names_the_first_image_and_then_appends_the_commit()
    {
        Assert.Equal(
            ["prefect-3-python3.12-ecs", "prefect-3-python3.12-ecs-1a2b3c4", "prefect-3-python3.12-ecs-1a2b3c4-r2", "prefect-3-python3.12-ecs-1a2b3c4-r3"],
            Base.TagsFor("1a2b3c4").Take(4));
    }

    [Fact]
    public void A_template_with_the_commit_begins_with_it()
    {
        Assert.Equal(
            ["prefect-deployer-3-python3.12-1a2b3c4", "prefect-deployer-3-python3.12-1a2b3c4-r2"],
            Deployer.TagsFor("1a2b3c4").Take(2));
    }

    [Theory]
    [InlineData("prefect-3-python3.12-ecs", true)]
    [InlineData("prefect-3-python3.12-ecs-1a2b3c4", true)]
    [InlineData("prefect-3-python3x12-ecs", false)]
    [InlineData("prefect-3-python3.12-ecs-", false)]
    [InlineData("prefect-3-python3.12-ecs-zzzzzzz", false)]
    [InlineData("prefect-3-python3.12-ecs\n", false)]
    [InlineData("prefect-deployer-3-python3.12-1a2b3c4", false)]
    [InlineData("1a2b3c41a2b3c41a2b3c41a2b3c41a2b3c41a2b3c4", false)]
    public void A_tag_belongs_to_one_family_or_none(string tag, bool isBase)
    {
        Assert.Equal(isBase, Base.Matches(tag));
        Assert.False(isBase && Deployer.Matches(tag));
    }

    [Fact]
    public void Every_tag_that_a_family_makes_is_its_own_and_one_that_ecr_takes()
    {
        Gen.Char["0123456789abcdef"].Array[7].Select(letters => new string(letters)).Sample(commit =>
            new[] { Base, Deployer }.All(template => template.TagsFor(commit).Take(20).All(tag => template.Matches(tag) && TagTemplate.IsTag(tag))));
    }

    [Fact]
    public void Parsing_never_throws_and_what_it_takes_makes_tags()
    {
        Gen.OneOf(Gen.String[0, 40], Gen.String[Gen.Char["abc{}-._1latest"], 0, 20]).Sample(text =>
        {
            if (TagTemplate.Parse(new SourceText("x", text), new Span(0, text.Length), text).Succeeded(out var template, out _))
                Assert.All(template.TagsFor("0000000").Take(3).Select(tag => tag.Replace("{version}", "1.0", StringComparison.Ordinal)), tag => Assert.True(TagTemplate.IsTag(tag), tag));
        });
    }
}
