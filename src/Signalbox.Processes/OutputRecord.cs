using System.Runtime.InteropServices;

namespace Signalbox.Processes;

/// <summary>
/// A file that a program writes its output into, instead of a pipe to us: when we are killed the program goes on, and
/// everything that it said stays. A program that writes into the pipe of a reader who is gone is killed by that.
/// </summary>
/// <param name="Path">Absolute; readable by this user only. Whoever asked for it removes it.</param>
public sealed partial record OutputRecord(string Path)
{
    /// <summary>
    /// The first argument that makes signalbox turn its output into a file and become another program:
    /// `signalbox [record] FILE PROGRAM ARGUMENT…`.
    /// </summary>
    public const string Directive = "[record]";

    /// <summary>False in a program that is not signalbox, such as a test's; then a pipe must do.</summary>
    public static bool IsPossible { get; } = !OperatingSystem.IsWindows() && System.IO.Path.GetFileName(Environment.ProcessPath) == "signalbox";

    /// <summary>Makes the file anew, empty.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Begin()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        new FileStream(Path, options).Dispose();
    }

    /// <summary>The command that runs the same program with both its outputs in the file.</summary>
    public Command Of(Command command) =>
        command with { Program = Environment.ProcessPath!, Arguments = [Directive, Path, command.Program, .. command.Arguments] };

    /// <summary>Becomes the program of a directive. It returns only when that could not be done.</summary>
    /// <returns>Why not, in one sentence.</returns>
    public static string Become(string[] arguments)
    {
        if (arguments is not [Directive, var file, var program, .. var rest])
            return $"{Directive} takes a file, a program and its arguments";
        var descriptor = Open(file, WriteAtTheEnd);
        if (descriptor < 0 || Duplicate(descriptor, 1) < 0 || Duplicate(descriptor, 2) < 0)
            return $"the output cannot be turned into `{file}`: {Marshal.GetLastPInvokeErrorMessage()}";
        return NextProgram.Become(program, rest);
    }

    /// <summary>`O_WRONLY | O_APPEND | O_CLOEXEC`, which are not the same numbers everywhere.</summary>
    private static int WriteAtTheEnd => OperatingSystem.IsMacOS() ? 0x1 | 0x8 | 0x100_0000 : 0x1 | 0x400 | 0x8_0000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int descriptor, int onto);
}
