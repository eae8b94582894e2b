using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Signalbox.Processes;

/// <summary>How this process becomes one that outlives its starter and its terminal. Unix only.</summary>
public static partial class DaemonLife
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>A session of its own: no terminal's Ctrl-C or hang-up reaches it any more.</summary>
    public static void LeaveTerminal() => _ = StartSession(); // refused only to a leader of a group, whose shell knows what it does

    /// <summary>Everything said from now on goes to the file, which is the only link to the starter that is left.</summary>
    public static void LeaveStarter(SafeFileHandle log)
    {
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        _ = Duplicate((int)nothing.DangerousGetHandle(), StandardInput);
        _ = Duplicate((int)log.DangerousGetHandle(), StandardOutput);
        _ = Duplicate((int)log.DangerousGetHandle(), StandardError);
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int StartSession();

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);
}
