using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Xunit;

namespace Signalbox.EndToEnd.SmallRoot;

/// <summary>`apply --verify` where an endpoint does not answer.</summary>
public sealed class VerifiedApply(SmallRepository repository) : IClassFixture<SmallRepository>
{
    [Fact]
    public async Task What_was_seen_after_an_apply_is_in_the_register_with_its_plan()
    {
        // Bound and never listening: every connection is refused, and nobody else gets the port.
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await repository.Write("signalbox.yml", SmallRepository.Settings + $$"""
                verification: { interval: 1ms, failures: 1 }
                endpoints:
                  docs: { url: 'http://127.0.0.1:{{((IPEndPoint)silent.LocalEndPoint!).Port}}/' }

            """);
        await repository.Commit("an endpoint");
        var plan = await repository.Plan("verified");

        var ending = await repository.Signalbox("apply", "small", plan, "--approved-by", "ada", "--verify");

        Assert.True(ending.Code is 4, ending.ToString());
        var register = await repository.Signalbox("register", "show", "--json");
        var entries = JsonNode.Parse(register.Answer)!["entries"]!.AsArray();
        var (applied, verified) = (entries[^2]!, entries[^1]!);
        Assert.Equal(("applied", "verified"), ((string?)applied["kind"], (string?)verified["kind"]));
        Assert.Equal((string?)applied["plan"], (string?)verified["plan"]);
        Assert.Equal("already broken", (string?)verified["outcome"]);
        Assert.Equal("docs at edge", (string?)verified["facts"]!["not_healthy"]);
        Assert.Equal(0, (await repository.Signalbox("register", "verify")).Code);
    }
}
