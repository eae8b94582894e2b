using System.Text.Json.Nodes;
using Xunit;
using static Signalbox.EndToEnd.Ending;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>A plan that was signed and went stale is planned again; signatures made by the real ssh-keygen carry over, or do not.</summary>
public sealed class LikeAnApprovedPlan(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string Policy = """
            approval: { strength: signature, allowed_signers: signers, author_may_approve: true, carry_over: CARRY }

        """;

    [Fact]
    public async Task What_means_the_same_is_applied_with_the_earlier_signature_and_the_register_says_so()
    {
        var key = await Signer("true");
        await Deliver(key, "first", "--var", "word=one");
        var signed = await repository.Plan("signed", "--var", "word=carried");
        Must(await repository.Signalbox("sign", signed, "--key", key, "--as", "bob@example.org", "--yes-environment", "small"));
        await Deliver(key, "between", "--var", "word=between");
        await Deliver(key, "back", "--var", "word=one");
        var stale = await repository.Signalbox("apply", "small", signed);

        var again = Path.Combine(repository.Folder, ".signalbox", "again.plan");
        var planned = Must(await repository.Signalbox("plan", "small", "--var", "word=carried", "--like", signed, "--out", again));
        var applied = Must(await repository.Signalbox("apply", "small", again));

        Assert.Contains("SB4009", stale.Conversation, StringComparison.Ordinal);
        Assert.Contains("means exactly what plan", planned.Answer, StringComparison.Ordinal);
        Assert.Contains("note[SB3467]: `bob@example.org` signed plan", applied.Conversation, StringComparison.Ordinal);
        Assert.DoesNotContain("[SB34", Must(await repository.Signalbox("register", "verify")).Conversation, StringComparison.Ordinal);
        await repository.Write(".signalbox/others", "bob@example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n");
        var others = await repository.Signalbox("register", "verify", "--signers", ".signalbox/others");
        Assert.Equal(1, others.Code);
        Assert.Contains("error[SB3440]", others.Conversation, StringComparison.Ordinal);
        var applying = JsonNode.Parse(Must(await repository.Signalbox("register", "show", "--kind", "applying", "--json")).Answer)!;
        Assert.Matches("\"approved_as\": ?\"[0-9a-f]{64}\"", applying.ToJsonString());
    }

    [Fact]
    public async Task What_differs_is_shown_and_needs_a_signature_of_its_own()
    {
        var key = await Signer("true");
        await Deliver(key, "ground", "--var", "word=ground");
        var signed = await repository.Plan("other", "--var", "word=before");
        Must(await repository.Signalbox("sign", signed, "--key", key, "--as", "bob@example.org", "--yes-environment", "small"));

        var again = Path.Combine(repository.Folder, ".signalbox", "different.plan");
        var planned = Must(await repository.Signalbox("plan", "small", "--var", "word=after", "--like", signed, "--out", again));
        var applied = await repository.Signalbox("apply", "small", again);

        Assert.Contains("is not what plan", planned.Answer, StringComparison.Ordinal);
        Assert.Contains("(was ", planned.Answer, StringComparison.Ordinal);
        Assert.Contains("\"after\"", planned.Answer, StringComparison.Ordinal);
        Assert.Equal(3, applied.Code);
        Assert.Contains("SB3220", applied.Conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_carries_nothing_over_asks_again()
    {
        var key = await Signer("false");
        var signed = await repository.Plan("kept", "--var", "word=kept");
        Must(await repository.Signalbox("sign", signed, "--key", key, "--as", "bob@example.org", "--yes-environment", "small"));

        var again = Path.Combine(repository.Folder, ".signalbox", "asked.plan");
        var planned = JsonNode.Parse(Must(await repository.Signalbox("plan", "small", "--var", "word=kept", "--like", signed, "--out", again, "--json")).Answer)!;
        var applied = await repository.Signalbox("apply", "small", again);

        Assert.Empty(planned["like"]!["differences"]!.AsArray());
        Assert.False((bool)planned["like"]!["carries_over"]!);
        Assert.Equal(3, applied.Code);
    }

    private async Task Deliver(string key, string name, params string[] variables)
    {
        var plan = await repository.Plan(name, variables);
        Must(await repository.Signalbox("sign", plan, "--key", key, "--as", "bob@example.org", "--yes-environment", "small"));
        Must(await repository.Signalbox("apply", "small", plan));
    }

    private async Task<string> Signer(string carries)
    {
        var key = Path.Combine(repository.Folder, ".signalbox", $"bob-{Guid.NewGuid():N}");
        Must(await PublishedProgram.RunOther("/usr/bin/ssh-keygen", repository.Folder, ["-q", "-t", "ed25519", "-N", "", "-f", key], CancellationToken.None));
        await repository.Write("signers", $"bob@example.org {await File.ReadAllTextAsync($"{key}.pub", TestContext.Current.CancellationToken)}");
        await repository.Write("signalbox.yml", SmallRepository.Settings + Policy.Replace("CARRY", carries, StringComparison.Ordinal));
        await repository.Commit($"bob signs, carry over: {carries}");
        return key;
    }
}
