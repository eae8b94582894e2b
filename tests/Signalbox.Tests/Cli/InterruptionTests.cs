using System.Runtime.InteropServices;
using Signalbox.Cli;
using Signalbox.Cli.Signals;
using Xunit;

namespace Signalbox.Tests.Cli;

public sealed class InterruptionTests
{
    private readonly List<int> _left = [];

    [Fact]
    public void Ctrl_C_at_a_terminal_is_not_passed_on_because_the_children_got_it_too()
    {
        using var interruption = new Interruption(atTerminal: true, _left.Add);

        interruption.Receive(PosixSignal.SIGINT);

        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.False(interruption.ForChildren.IsCancellationRequested);
        Assert.Equal(InterruptSource.Terminal, interruption.Source);
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM, true)]
    [InlineData(PosixSignal.SIGHUP, true)]
    [InlineData(PosixSignal.SIGINT, false)]
    public void A_signal_for_us_alone_is_passed_on(PosixSignal signal, bool atTerminal)
    {
        using var interruption = new Interruption(atTerminal, _left.Add);

        interruption.Receive(signal);

        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.True(interruption.ForChildren.IsCancellationRequested);
        Assert.Equal(InterruptSource.Process, interruption.Source);
        Assert.Empty(_left);
    }

    [Fact]
    public void The_second_request_leaves_at_once()
    {
        using var interruption = new Interruption(atTerminal: true, _left.Add);

        interruption.Receive(PosixSignal.SIGINT);
        interruption.Receive(PosixSignal.SIGINT);

        Assert.Equal([ExitCode.Interrupted], _left);
    }
}
