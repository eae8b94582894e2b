using System.Runtime.InteropServices;

namespace Signalbox.Processes;

/// <summary>What this process becomes, after it has done to itself what only a process can do to itself.</summary>
internal static partial class NextProgram
{
    private const int BrokenPipe = 13;

    /// <summary>Returns only when that could not be done.</summary>
    /// <returns>Why not, in one sentence.</returns>
    public static string Become(string program, IEnumerable<string> arguments)
    {
        string?[] all = [program, .. arguments, null];
        _ = Signal(BrokenPipe, 0); // .NET ignores it, and an ignored signal stays ignored in the next program
        _ = Execute(program, all);
        return $"`{program}` cannot be started: {Marshal.GetLastPInvokeErrorMessage()}";
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint action);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string program, string?[] arguments);
}
