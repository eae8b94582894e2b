using System.Text.Json;
using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>A plan that was changed after somebody approved it is refused wherever it was changed, and the register says that it was tried.</summary>
public sealed class TamperedPlan(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_attempt_is_refused_and_written_down_and_the_approved_bytes_are_still_good()
    {
        var plan = await repository.Plan("approved");
        var whole = await File.ReadAllBytesAsync(plan, Cancellation);
        var headed = whole.AsSpan().IndexOf("\"environment\""u8);
        int[] places = [0, 17, headed + 2, 400, whole.Length / 2, whole.Length - 1];

        foreach (var at in places)
        {
            await File.WriteAllBytesAsync(plan, [.. whole[..at], (byte)(whole[at] ^ 1), .. whole[(at + 1)..]], Cancellation);
            var refused = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada");
            Assert.True(refused.Code is 1, refused.ToString());
            Assert.Matches("SB320[34]", refused.Conversation);
        }

        await File.WriteAllBytesAsync(plan, whole, Cancellation);
        var applied = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada");
        var verified = await repository.Signalbox("register", "verify");
        var shown = await repository.Signalbox("register", "show", "--kind", "rejected", "--json");

        Assert.True(applied.Code is 0, applied.ToString());
        Assert.True(verified.Code is 0, verified.ToString());
        using var rejections = JsonDocument.Parse(shown.Answer);
        var rejected = Entries(rejections.RootElement).ToArray();
        Assert.Equal(places.Length, rejected.Length);
        Assert.All(rejected, entry => Assert.Matches("^SB320[34] ", entry.GetProperty("outcome").GetString()));
        Assert.Equal(places.Length, rejected.Select(entry => entry.GetProperty("plan").GetString()).Distinct().Count());
    }

    private static JsonElement.ArrayEnumerator Entries(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray() : answer.GetProperty("entries").EnumerateArray();
}
