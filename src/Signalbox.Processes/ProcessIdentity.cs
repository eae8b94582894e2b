using System.Runtime.InteropServices;

namespace Signalbox.Processes;

/// <summary>
/// One process for ever: an id alone is reused, an id together with the time the process started is not.
/// A process that has ended but was not yet collected by its parent counts as gone.
/// </summary>
/// <param name="Started">Clock ticks since boot on Linux, what `ps -o lstart=` says elsewhere; only ever compared.</param>
public sealed partial record ProcessIdentity(int Id, string Started)
{
    /// <summary>The process that has this id now, or null.</summary>
    public static async Task<ProcessIdentity?> Of(int id, CancellationToken cancellation)
    {
        if (id <= 0)
            return null;
        var started = OperatingSystem.IsLinux()
            ? await StartedByKernel(id, cancellation)
            : await ProcessTable.Column("lstart=", id, cancellation);
        return started is null ? null : new ProcessIdentity(id, started);
    }

    public async Task<bool> IsAlive(CancellationToken cancellation) => await Of(Id, cancellation) == this;

    /// <summary>The program and its arguments separated by blanks, or null when the process is gone.</summary>
    public static async Task<string?> CommandLine(int id, CancellationToken cancellation) => OperatingSystem.IsLinux()
        ? (await Read($"/proc/{id}/cmdline", cancellation))?.Replace('\0', ' ').TrimEnd()
        : await ProcessTable.Column("args=", id, cancellation);

    /// <summary>Asks the process to end (SIGTERM).</summary>
    public void Ask() => _ = Kill(Id, signal: 15);

    /// <summary>Ends the process (SIGKILL).</summary>
    public void Kill() => _ = Kill(Id, signal: 9);

    /// <summary>Ends the process and its whole group, if it leads one.</summary>
    public void KillGroup()
    {
        _ = Kill(-Id, signal: 9);
        Kill();
    }

    /// <summary>Fields 3 and 22 of proc(5), counted after the name, which may itself hold brackets and blanks.</summary>
    private static async Task<string?> StartedByKernel(int id, CancellationToken cancellation)
    {
        var stat = await Read($"/proc/{id}/stat", cancellation);
        if (stat?[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { Length: > 19 } fields)
            return null;
        return fields[0] is "Z" or "X" ? null : fields[19];
    }

    private static async Task<string?> Read(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellation);
        }
        catch (IOException)
        {
            return null; // the process is gone, perhaps since the file was opened
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
