using Xunit;

namespace Signalbox.Tests.Sandbox.Edge;

/// <summary>A stand-in that is told, by its container's own variable, to misbehave.</summary>
[Collection(SharedEdge.Name)]
public sealed class StandInTests(EdgeSandbox sandbox)
{
    [Theory]
    [InlineData("status=500", 500, "signalbox-stand-in")]
    [InlineData("slow=60", 504, "CloudFront")]
    [InlineData("reset", 502, "awselb/2.0")]
    [InlineData("redirect-loop", 302, "signalbox-stand-in")]
    [InlineData("slwo=60", 500, "signalbox-stand-in")]
    public async Task What_it_is_told_is_what_a_visitor_gets(string told, int status, string server)
    {
        var host = EdgeSandbox.HostOf(told);

        var answer = await sandbox.Eventually($"https://{host}/", answer => answer.Status == status);

        Assert.Equal(status, answer.Status);
        Assert.Contains($"server: {server}", answer.Headers, StringComparison.Ordinal);
        if (told == "redirect-loop")
            Assert.Contains($"location: https://{host}/", answer.Headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://truncate.example.org/")]
    [InlineData("https://app.reset.ecs.internal/")]
    public async Task A_connection_that_breaks_is_no_answer(string url)
    {
        using var visitor = new EdgeVisitor(sandbox.Edge);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => visitor.Ask(url));
    }
}
