using System.Text;
using Microsoft.Extensions.Time.Testing;
using Signalbox.Cli;
using Xunit;

namespace Signalbox.Tests.Cli;

public sealed class ProgressTests
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Away_from_a_terminal_nothing_is_said_before_two_seconds_of_silence()
    {
        await using var progress = Terminal(redraws: false).Progress("planning prod");

        Pass(seconds: 1.9);
        Assert.Empty(Error);
        Pass(seconds: 0.1);
        Assert.Equal("planning prod (2s)\n", Error);
    }

    [Fact]
    public async Task A_line_of_news_starts_the_silence_anew()
    {
        await using var progress = Terminal(redraws: false).Progress("applying prod");

        Pass(seconds: 1.5);
        progress.Line("created module.a");
        progress.Update("1 of 2 done");
        Pass(seconds: 1.5);
        Assert.Equal("created module.a\n", Error);
        Pass(seconds: 2.5);
        Assert.Equal("created module.a\napplying prod: 1 of 2 done (3s)\napplying prod: 1 of 2 done (5s)\n", Error);
    }

    [Fact]
    public async Task Nothing_is_said_after_the_end()
    {
        await Terminal(redraws: false).Progress("planning prod").DisposeAsync();

        Pass(seconds: 10);
        Assert.Empty(Error);
    }

    [Fact]
    public async Task On_a_terminal_one_line_is_redrawn_and_gone_at_the_end()
    {
        var terminal = Terminal(redraws: true);
        await using (var progress = terminal.Progress("planning prod"))
        {
            Assert.Equal("| planning prod (0s)", Screen.Of(Error));
            progress.Update("87 resources read");
            Pass(seconds: 3.1);
            Assert.Equal("\\ planning prod: 87 resources read (3s)", Screen.Of(Error).Replace('/', '\\').Replace('-', '\\').Replace('|', '\\'));
            progress.Line("created module.a");
            terminal.Answer("the answer");
            Assert.StartsWith("created module.a\n", Screen.Of(Error), StringComparison.Ordinal);
        }

        Assert.Equal("created module.a\n", Screen.Of(Error));
        Assert.Equal("the answer\n", _output.ToString());
    }

    [Fact]
    public async Task The_live_line_never_wraps()
    {
        var terminal = new Terminal(new StringWriter(_output), new StringWriter(_error), isInteractive: true, usesColour: false) { Redraws = true, Clock = _clock, Width = () => 20 };
        await using var progress = terminal.Progress("something with a very long name");

        Assert.Equal("| something with...", Screen.Of(Error));
    }

    private string Error => _error.ToString();

    private Terminal Terminal(bool redraws) =>
        new(new StringWriter(_output), new StringWriter(_error), isInteractive: redraws, usesColour: false) { Redraws = redraws, Clock = _clock };

    /// <summary>Frame by frame: a fake clock that jumps fires a timer late, which no real one does.</summary>
    private void Pass(double seconds)
    {
        for (var frame = 0; frame < seconds * 10; frame++)
            _clock.Advance(TimeSpan.FromMilliseconds(100));
    }
}
