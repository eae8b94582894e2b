using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Signalbox.Processes;

/// <summary>
/// A file for handing secrets to a child process: on Linux it lies in this process's memory and never touches a
/// disk, so nothing is left behind however the process ends. Elsewhere it is a file only its owner can read, in a
/// folder of its own, deleted on disposal.
/// </summary>
public sealed partial class PrivateFile : IDisposable
{
    private const uint CloseOnExec = 1;

    private readonly SafeFileHandle _handle;
    private readonly string? _folder;

    private PrivateFile(SafeFileHandle handle, string path, string? folder) => (_handle, Path, _folder) = (handle, path, folder);

    /// <summary>A path that this process and its children can open for as long as this object lives.</summary>
    public string Path { get; }

    /// <param name="name">A name for people who look at the process; it need not be unique.</param>
    public static PrivateFile Create(string name)
    {
        if (OperatingSystem.IsLinux() && MemoryFile(name, CloseOnExec) is var descriptor and >= 0)
            return new PrivateFile(new SafeFileHandle(descriptor, ownsHandle: true), $"/proc/{Environment.ProcessId}/fd/{descriptor}", folder: null);

        var folder = Directory.CreateTempSubdirectory("signalbox-").FullName;
        var path = System.IO.Path.Combine(folder, name);
        return new PrivateFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite), path, folder);
    }

    public static PrivateFile Holding(string name, ReadOnlySpan<byte> content)
    {
        var file = Create(name);
        RandomAccess.Write(file._handle, content, fileOffset: 0);
        return file;
    }

    public byte[] ReadAll()
    {
        // Whoever wrote the file may have replaced or truncated it, so it is opened again by its path.
        using var handle = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new byte[RandomAccess.GetLength(handle)];
        var filled = 0;
        while (filled < content.Length && RandomAccess.Read(handle, content.AsSpan(filled), filled) is var read and > 0)
            filled += read;
        return content;
    }

    public void Dispose()
    {
        _handle.Dispose();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemoryFile(string name, uint flags);
}
