using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Verification;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

public sealed class BaselineFileTests : IDisposable
{
    private static readonly Baseline Whole = new(
        "prod", Target.Aws, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero), new string('a', 64), ExpectedState.Parked,
        [
            new BaselineEndpoint("portal", new EarlierSight(new Sight.AsExpected(), new DateTimeOffset(2026, 11, 24, 13, 0, 0, TimeSpan.Zero))),
            new BaselineEndpoint("pipelines", new EarlierSight(new Sight.Wrong(new HopFailure(Hop.LoadBalancer, "answered 404", "module.alb.aws_lb.this")))),
            new BaselineEndpoint("docs", new EarlierSight(new Sight.Unseen("no route"))),
        ]);

    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-baseline-").FullName;

    [Fact]
    public async Task What_is_written_is_read()
    {
        var path = Path.Combine(_folder, "before.json");

        Assert.Null(await BaselineFile.Write(path, Whole, TestContext.Current.CancellationToken));

        Assert.True((await BaselineFile.Read(path, TestContext.Current.CancellationToken)).Succeeded(out var read, out _));
        Assert.Equal(Whole, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":2,\"environment\":\"prod\",\"target\":\"aws\",\"taken_at\":\"2026-11-24T12:00:00+00:00\",\"plan\":null,\"expected\":\"live\",\"endpoints\":[]}")]
    [InlineData("{\"format\":1,\"environment\":\"prod\",\"target\":\"moon\",\"taken_at\":\"2026-11-24T12:00:00+00:00\",\"plan\":null,\"expected\":\"live\",\"endpoints\":[]}")]
    public async Task What_is_no_baseline_is_refused(string text)
    {
        var path = Path.Combine(_folder, "before.json");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

        Assert.False((await BaselineFile.Read(path, TestContext.Current.CancellationToken)).Succeeded(out _, out var problems));
        Assert.Equal("SB3302", Assert.Single(problems).Rule.Code);
    }

    [Fact]
    public async Task A_missing_file_is_refused()
    {
        Assert.False((await BaselineFile.Read(Path.Combine(_folder, "none.json"), TestContext.Current.CancellationToken)).Succeeded(out _, out var problems));
        Assert.Equal("SB3302", Assert.Single(problems).Rule.Code);
    }

    [Fact]
    public void A_baseline_of_elsewhere_is_not_compared_with()
    {
        Assert.Null(Whole.ElsewhereProblem("prod", Target.Aws));
        Assert.NotNull(Whole.ElsewhereProblem("prod", Target.Sandbox));
        Assert.NotNull(Whole.ElsewhereProblem("stage", Target.Aws));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
