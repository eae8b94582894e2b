using Signalbox.Processes;

namespace Signalbox.Sandbox.Daemons;

/// <summary>
/// A record that was checked: the process is alive, started when the record says, and was started for this folder.
/// The only thing here that is ever signalled, so a forged record cannot make us end a stranger's process.
/// </summary>
internal sealed class DaemonProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ProcessIdentity _identity;

    private DaemonProcess(ProcessIdentity identity) => _identity = identity;

    public int Id => _identity.Id;

    /// <summary>Null when the claimed process is gone, or was not started with these words.</summary>
    /// <param name="words">The part of the command line that tells this folder's daemon from every other process.</param>
    public static async Task<DaemonProcess?> Check(ProcessIdentity claimed, string words, CancellationToken cancellation)
    {
        if (!await claimed.IsAlive(cancellation))
            return null;
        var line = await ProcessIdentity.CommandLine(claimed.Id, cancellation);
        return line?.Contains(words, StringComparison.Ordinal) == true ? new DaemonProcess(claimed) : null;
    }

    public Task<bool> IsAlive(CancellationToken cancellation) => _identity.IsAlive(cancellation);

    /// <summary>Asks it to end, waits a little, then ends it. True when it is gone.</summary>
    public async Task<bool> Stop(TimeProvider clock, CancellationToken cancellation)
    {
        _identity.Ask();
        if (await IsGone(clock, cancellation))
            return true;
        _identity.Kill();
        return await IsGone(clock, cancellation);
    }

    private async Task<bool> IsGone(TimeProvider clock, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        while (await IsAlive(cancellation))
        {
            if (clock.GetElapsedTime(since) > Grace)
                return false;
            await Task.Delay(Pause, clock, cancellation);
        }

        return true;
    }
}
