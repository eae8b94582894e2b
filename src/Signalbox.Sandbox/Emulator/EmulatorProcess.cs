using Signalbox.Processes;

namespace Signalbox.Sandbox.Emulator;

/// <summary>
/// A record that was checked: the process is alive, started when the record says, and was started for this folder.
/// The only thing here that is ever signalled, so a forged record cannot make us end a stranger's process.
/// </summary>
internal sealed class EmulatorProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ProcessIdentity _identity;

    private EmulatorProcess(EmulatorRecord record, ProcessIdentity identity) => (Record, _identity) = (record, identity);

    public EmulatorRecord Record { get; }

    /// <summary>Null when the record's process is gone, or is not an emulator of this folder.</summary>
    public static async Task<EmulatorProcess?> Check(EmulatorRecord record, SandboxFolder folder, CancellationToken cancellation)
    {
        var claimed = new ProcessIdentity(record.Process, record.ProcessStarted);
        if (!await claimed.IsAlive(cancellation))
            return null;
        var words = await ProcessIdentity.CommandLine(record.Process, cancellation);
        return words?.Contains(EmulatorLauncher.Words(folder), StringComparison.Ordinal) == true
            ? new EmulatorProcess(record, claimed)
            : null;
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
