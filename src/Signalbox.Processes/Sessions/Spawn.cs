using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Signalbox.Processes.Sessions;

/// <summary>
/// posix_spawn(3). The runtime's own Process has neither sessions nor one pipe for both outputs, and both streams in one
/// pipe is the only way to keep the order in which they were written.
/// </summary>
internal static unsafe partial class Spawn
{
    private const int OpaqueSize = 512; // the largest of these structures has 336 bytes (glibc)
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const short ResetSignals = 0x04;
    private const short ResetMask = 0x08;

    /// <summary>Signals that the runtime ignores or handles, and that a child should meet as usual.</summary>
    private static readonly int[] Signals = [1, 2, 3, 13, 15, OperatingSystem.IsMacOS() ? 20 : 17, OperatingSystem.IsMacOS() ? 19 : 18];

    private static short NewSession => OperatingSystem.IsMacOS() ? (short)0x400 : (short)0x80;

    /// <param name="output">The writing end of a pipe.</param>
    /// <returns>The process id, which is also the id of its session and group.</returns>
    /// <exception cref="Win32Exception">The program, the folder or the input cannot be opened.</exception>
    public static int Start(SessionCommand command, int output)
    {
        byte* action = stackalloc byte[OpaqueSize], attribute = stackalloc byte[OpaqueSize], signals = stackalloc byte[OpaqueSize];
        Check(InitActions(action));
        Check(InitAttributes(attribute));
        try
        {
            Check(Open(action, 0, command.InputFile, ReadOnly, 0));
            Check(Duplicate(action, output, 1));
            Check(command.MergesErrors ? Duplicate(action, output, 2) : Open(action, 2, "/dev/null", WriteOnly, 0));
            Check(ChangeFolder(action, command.Folder));
            _ = EmptySet(signals);
            Check(SetMask(attribute, signals));
            foreach (var signal in Signals)
                _ = AddToSet(signals, signal);
            Check(SetDefaults(attribute, signals));
            Check(SetFlags(attribute, (short)(NewSession | ResetSignals | ResetMask)));
            string?[] words = [command.Program, .. command.Arguments, null];
            string?[] variables = [.. command.Environment.Select(variable => $"{variable.Key}={variable.Value}"), null];
            Check(PosixSpawn(out var id, command.Program, action, attribute, words, variables));
            return id;
        }
        finally
        {
            _ = DestroyActions(action);
            _ = DestroyAttributes(attribute);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PosixSpawn(out int id, string path, byte* actions, byte* attributes, string?[] words, string?[] variables);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int Duplicate(byte* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeFolder(byte* actions, string path);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefaults(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    private static partial int EmptySet(byte* signals);

    [LibraryImport("libc", EntryPoint = "sigaddset")]
    private static partial int AddToSet(byte* signals, int signal);
}
