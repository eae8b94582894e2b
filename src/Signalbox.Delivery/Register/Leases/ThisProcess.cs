using Signalbox.Processes;

namespace Signalbox.Delivery.Register.Leases;

/// <summary>This process among all processes of all machines.</summary>
internal static class ThisProcess
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>One boot of one machine: after a restart, every holder of before is gone.</summary>
    public static string Machine { get; } = $"{Environment.MachineName} {(File.Exists(BootId) ? File.ReadAllText(BootId).Trim() : "")}".TrimEnd();

    public static async Task<LeaseHolder> Holding(string who, string doing, string? run, DateTimeOffset since, CancellationToken cancellation)
    {
        var identity = await ProcessIdentity.Of(Environment.ProcessId, cancellation);
        return new LeaseHolder(who, doing, since, Machine, Environment.ProcessId, identity?.Started ?? "", run);
    }

    /// <summary>Known at once for a process of this machine; null for one elsewhere, of which only its beat tells.</summary>
    public static async Task<bool?> IsAlive(LeaseHolder holder, CancellationToken cancellation)
    {
        if (holder.Machine == Machine)
            return await new ProcessIdentity(holder.Process, holder.Started).IsAlive(cancellation);
        return holder.Machine.Split(' ')[0] == Machine.Split(' ')[0] && File.Exists(BootId) ? false : null; // this machine, before it was started again
    }
}
