using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>A change that brings its own approval policy is judged by the policy of the branch it shall be merged into.</summary>
public sealed class PolicyAtTheBase(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string Strict = "    approval: { strength: signature, allowed_signers: signers, base: trunk }\n";

    [Theory]
    [InlineData("    approval: { required: false }\n")]
    [InlineData("    approval: { strength: login, base: change }\n")]
    [InlineData("")]
    public async Task A_change_cannot_weaken_the_policy_that_it_is_judged_by(string weaker)
    {
        await repository.Git("checkout", "-q", "-B", "trunk");
        await repository.Write("signalbox.yml", SmallRepository.Settings + Strict);
        await repository.Commit("signatures are needed");
        await repository.Git("branch", "-f", "main", "trunk");
        await repository.Git("checkout", "-q", "-B", "change");
        await repository.Write("signalbox.yml", SmallRepository.Settings + weaker);
        await repository.Commit("no signature is needed");

        var plan = await repository.Plan("weaker");
        var ending = await repository.Signalbox("apply", "small", plan, "--approved-by", "eve");

        Assert.True(ending.Code is 3, ending.ToString());
        Assert.Contains("note[SB3468]", ending.Conversation, StringComparison.Ordinal);
        Assert.Contains("warning[SB3463]: the word of `eve` is a login; this plan needs a signature", ending.Conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stricter_policy_counts_once_it_is_merged()
    {
        await repository.Git("checkout", "-q", "-B", "main");
        await repository.Write("signalbox.yml", SmallRepository.Settings);
        await repository.Commit("anybody may");
        await repository.Git("checkout", "-q", "-B", "stricter");
        await repository.Write("signalbox.yml", SmallRepository.Settings + Strict.Replace(", base: trunk", "", StringComparison.Ordinal));
        await repository.Commit("signatures are needed");

        var before = await repository.Signalbox("apply", "small", await repository.Plan("not-yet"), "--approved-by", "ada");
        await repository.Git("branch", "-f", "main", "stricter");
        var after = await repository.Signalbox("apply", "small", await repository.Plan("merged"), "--approved-by", "ada");

        Assert.True(before.Code is 0, before.ToString());
        Assert.True(after.Code is 3, after.ToString());
        Assert.DoesNotContain("SB3468", after.Conversation, StringComparison.Ordinal);
    }
}
