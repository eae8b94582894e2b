using CsCheck;
using Signalbox.Delivery.Environments;
using Signalbox.Diagnostics;
using Xunit;

namespace Signalbox.Tests.Delivery.Environments;

public sealed class RepositoryPathTests
{
    [Theory]
    [InlineData("infra/envs/prod", "infra/envs/prod")]
    [InlineData("./infra//envs/../envs/prod/", "infra/envs/prod")]
    [InlineData(".", ".")]
    [InlineData("a/..", ".")]
    [InlineData("..a/b..", "..a/b..")]
    public void A_path_is_kept_in_its_shortest_form(string written, string kept) => Assert.Equal(kept, Parse(written)?.Text);

    [Theory]
    [InlineData("..")]
    [InlineData("a/../..")]
    [InlineData("a/../../a")]
    [InlineData("/a")]
    [InlineData("//a")]
    [InlineData("~/a")]
    [InlineData("C:/a")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    public void A_path_out_of_the_repository_is_refused(string written) => Assert.Null(Parse(written));

    [Fact]
    public void A_path_may_climb_from_its_folder_but_not_out_of_the_repository()
    {
        var root = Parse("infra/envs/prod");

        Assert.Equal("infra/shared.tfvars", Parse("../../shared.tfvars", root)?.Text);
        Assert.Null(Parse("../../../../shared.tfvars", root));
    }

    [Fact]
    public void Whatever_is_accepted_lies_in_the_repository() =>
        Gen.String["a./\\~: "].Sample(written =>
        {
            if (Parse(written) is not { } path)
                return;
            Assert.True(path.Text == "." || path.In("/repository").StartsWith("/repository/", StringComparison.Ordinal));
            Assert.Equal(path, Parse(path.Text));
        });

    private static RepositoryPath? Parse(string text, RepositoryPath? from = null) =>
        RepositoryPath.Parse(new SourceText("x", text), new Span(0, text.Length), text, from).Succeeded(out var path, out _) ? path : null;
}
