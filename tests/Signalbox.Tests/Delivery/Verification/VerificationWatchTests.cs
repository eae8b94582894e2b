using System.Text;
using Microsoft.Extensions.Time.Testing;
using Signalbox.Cli;
using Signalbox.Cli.Delivering;
using Signalbox.Delivery.Verification;
using Xunit;

namespace Signalbox.Tests.Delivery.Verification;

/// <summary>What a person sees while endpoints are verified.</summary>
public sealed class VerificationWatchTests
{
    private readonly StringBuilder _error = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task On_a_terminal_every_endpoint_has_a_row_that_changes_in_place()
    {
        await using var progress = Terminal(redraws: true).Progress("verifying prod in sandbox");
        var watch = Watch(progress, count: 3);

        watch.Show(new ProbeNews(Named(0), new Sight.AsExpected(), Probes: 2, IsSettled: true));
        watch.Show(new ProbeNews(Named(1), Wrong("the service\u001b[2J answers 503"), Probes: 1, IsSettled: false));
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(
            """
            / verifying prod in sandbox: 1 of 3 settled (0s)
              portal-0  healthy
              portal-1  not as expected  service: the service?[2J answers 503 (probe 1)
              portal-2  not seen yet
            """,
            Shown().Replace("\uFFFD", "?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_endpoints_the_awaited_ones_are_shown()
    {
        await using var progress = Terminal(redraws: true).Progress("verifying prod in sandbox");
        var watch = Watch(progress, count: 20);

        for (var number = 0; number < 15; number++)
            watch.Show(new ProbeNews(Named(number), new Sight.AsExpected(), Probes: 2, IsSettled: true));
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        var rows = Shown().Split('\n');
        Assert.Equal(("  portal-15  not seen yet", "  and 8 more", 14), (rows[1], rows[^1], rows.Length));
    }

    [Fact]
    public async Task Elsewhere_the_newest_probe_breaks_the_silence()
    {
        await using var progress = Terminal(redraws: false).Progress("verifying prod in sandbox");

        Watch(progress, count: 1).Show(new ProbeNews(Named(0), Wrong("it answers 503"), Probes: 3, IsSettled: false));
        for (var frame = 0; frame < 20; frame++)
            _clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal("verifying prod in sandbox: portal-0: service: it answers 503 (probe 3) (2s)\n", _error.ToString());
    }

    private static Sight.Wrong Wrong(string message) => new(new HopFailure(Hop.Service, message));

    private static Endpoint Named(int number) => Portal.Endpoint with { Name = $"portal-{number}" };

    private static VerificationWatch Watch(Progress progress, int count) => new(progress, [.. Enumerable.Range(0, count).Select(Named)]);

    private Terminal Terminal(bool redraws) =>
        new(TextWriter.Null, new StringWriter(_error), isInteractive: redraws, usesColour: false) { Redraws = redraws, Clock = _clock };

    /// <summary>The last frame, without what erases the one before.</summary>
    private string Shown() => _error.ToString().Split('\r')[^1].Replace("\u001b[K", "", StringComparison.Ordinal).Replace("\u001b[J", "", StringComparison.Ordinal);
}
