using System.Runtime.InteropServices;

namespace Signalbox.Cli.Signals;

/// <summary>How the program is asked to stop: the first time decently, the second time at once.</summary>
/// <param name="atTerminal">Ctrl-C comes from a terminal, which sends it to every program in the foreground at once.</param>
/// <param name="leave">Ends the process with an exit code, now.</param>
internal sealed class Interruption(bool atTerminal, Action<int> leave) : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _mustForward = new();
    private readonly List<IDisposable> _registrations = [];
    private int _times;

    /// <summary>For tests and for what has no signals: never asks.</summary>
    public static Interruption Never { get; } = new(atTerminal: false, _ => { });

    /// <summary>Cancelled by the first request to stop, wherever it came from.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>
    /// Cancelled only when the programs we started have not heard of it: give this one to
    /// <see cref="Processes.ProcessRunner"/>. A terminal's Ctrl-C reached them with us, and Terraform takes a second
    /// one as "exit now and lose data".
    /// </summary>
    public CancellationToken ForChildren => _mustForward.Token;

    /// <summary>Where the first request came from; null while there is none.</summary>
    public InterruptSource? Source { get; private set; }

    public static Interruption OfThisProcess(Terminal terminal, bool atTerminal)
    {
        var interruption = new Interruption(atTerminal, code =>
        {
            terminal.Live(null);
            Environment.Exit(code);
        });
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            interruption._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                interruption.Receive(context.Signal);
            }));
        }

        return interruption;
    }

    public void Receive(PosixSignal signal)
    {
        if (Interlocked.Increment(ref _times) > 1)
        {
            leave(ExitCode.Interrupted);
            return;
        }

        Source = signal is PosixSignal.SIGINT && atTerminal ? InterruptSource.Terminal : InterruptSource.Process;
        if (Source is InterruptSource.Process)
            _mustForward.Cancel();
        _asked.Cancel();
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _asked.Dispose();
        _mustForward.Dispose();
    }
}

internal enum InterruptSource
{
    /// <summary>Ctrl-C: our children got it too.</summary>
    Terminal,

    /// <summary>Another program, for us alone: a supervisor's SIGTERM, a `kill -INT`.</summary>
    Process,
}
