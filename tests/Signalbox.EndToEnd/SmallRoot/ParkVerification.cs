using System.Text.Json;
using Signalbox.Servers;
using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>After a movement the endpoint, a server of this test, must answer what the new state wants.</summary>
public sealed class ParkVerification(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private const string Root = SmallRepository.ParkIntent + """
        resource "terraform_data" "compute" {
          count = var.parked ? 0 : 1
        }

        """;

    [Fact]
    public async Task Parked_and_live_answers_are_expected_and_their_lack_ends_with_4()
    {
        var isParked = true;
        using var server = new LoopbackServer(async asked =>
        {
            if (isParked)
                asked.Response.Headers.Add("Retry-After", "600");
            await LoopbackServer.Say(asked.Response, isParked ? 503 : 200, isParked ? "<title>Parked</title>" : "here");
        });
        await repository.Write("root/main.tf", Root);
        await repository.Write("signalbox.yml", $$"""
            version: 1
            environments:
              small:
                root: root
                parking:
                  allow:
                    remove: [terraform_data]
                endpoints:
                  web:
                    url: {{server.Url}}
                    parked:
                      status: 503
                      headers: { retry-after: "^[0-9]+$" }
                      body: <title>Parked</title>

            """);
        Assert.Equal(0, (await repository.Signalbox("apply", "small", await repository.Plan("first"), "--approved-by", "ada")).Code);

        var parked = await repository.Signalbox("park", "small", "--json");
        isParked = false;
        var unparked = await repository.Signalbox("unpark", "small");
        var wrong = await repository.Signalbox("park", "small");
        var still = await repository.Signalbox("park", "small");

        Assert.True(parked.Code is 0, parked.ToString());
        using var answer = JsonDocument.Parse(parked.Answer);
        Assert.Equal("parked", answer.RootElement.GetProperty("verification").GetProperty("expected").GetString());
        Assert.True(answer.RootElement.GetProperty("seconds_until_answered").GetDouble() >= answer.RootElement.GetProperty("seconds").GetDouble());
        Assert.True(unparked.Code is 0, unparked.ToString());
        Assert.Matches("(?m)^answers  unparked, at the latest .+ after the apply began$", unparked.Answer);
        Assert.Matches("1 of 1 endpoints healthy, expected live", unparked.Answer);
        Assert.True(wrong.Code is 4, wrong.ToString());
        Assert.StartsWith("small is parked (", wrong.Answer, StringComparison.Ordinal);
        Assert.Matches("0 of 1 endpoints healthy, expected parked", wrong.Answer);
        Assert.DoesNotMatch("(?m)^answers ", wrong.Answer);
        Assert.True(still.Code is 4, still.ToString());
        Assert.StartsWith("small is parked already; nothing was changed", still.Answer, StringComparison.Ordinal);
    }
}
