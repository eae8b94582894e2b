using Signalbox.Cli;
using Signalbox.Cli.Delivering;
using Signalbox.Delivery.Environments;
using Signalbox.Delivery.Verification;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

public sealed class KeptBaselineTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Baseline Before = new("prod", Target.Sandbox, Noon, new string('a', 64), ExpectedState.Live, [new BaselineEndpoint("portal", new EarlierSight(new Sight.AsExpected()))]);

    private readonly string _folder = Directory.CreateTempSubdirectory("signalbox-kept-").FullName;

    private KeptBaseline Kept => new(new StateFolder(_folder, Path.Combine(_folder, ".signalbox")), "prod", Target.Sandbox);

    [Fact]
    public async Task The_newest_baseline_lies_beside_its_plan_and_is_found_for_a_day()
    {
        Assert.Null(await Kept.Newest(Noon, TestContext.Current.CancellationToken));

        Assert.Null(await Kept.Keep(Before, TestContext.Current.CancellationToken));

        Assert.True(File.Exists(Path.Combine(new StateFolder(_folder, Path.Combine(_folder, ".signalbox")).Plans, "prod-sandbox-aaaaaaaaaaaa.baseline.json")));
        Assert.Equal(Before, await Newest(Noon.AddHours(24)));
        Assert.Null(await Kept.Newest(Noon.AddHours(25), TestContext.Current.CancellationToken));
        Assert.Null(await new KeptBaseline(new StateFolder(_folder, Path.Combine(_folder, ".signalbox")), "prod", Target.Aws).Newest(Noon, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_seen_healthy_after_the_apply_is_not_blamed_on_it_later()
    {
        await Kept.Keep(Before, TestContext.Current.CancellationToken);
        var found = await Kept.Newest(Noon, TestContext.Current.CancellationToken);
        Assert.True(found!.Succeeded(out var kept, out _));
        var healthy = new EndpointReport(Portal.Endpoint, new Verdict.Healthy(), new Sight.AsExpected(), Latest: null, 1, TimeSpan.Zero);
        var report = new VerificationReport("prod", Target.Sandbox, ExpectedState.Live, Before, [healthy], Noon.AddMinutes(5), TimeSpan.Zero);

        Assert.Null(await KeptBaseline.Remember(kept, report, TestContext.Current.CancellationToken));

        var after = await Newest(Noon.AddHours(1));
        Assert.IsType<Verdict.Broken>(Verdict.Of(after.Of("portal"), new Sight.Wrong(new HopFailure(Hop.Service, "down"))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<Baseline> Newest(DateTimeOffset now)
    {
        var found = await Kept.Newest(now, TestContext.Current.CancellationToken);
        Assert.True(found!.Succeeded(out var kept, out _));
        return kept.Baseline;
    }
}
