using System.Text;
using Signalbox.Journal;

namespace Signalbox.Sandbox;

/// <summary>Files and folders that only their owner may read, and that never exist half-written.</summary>
internal static class Private
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
    }

    public static Task File(string path, string text, CancellationToken cancellation) =>
        File(path, Encoding.UTF8.GetBytes(text), cancellation);

    public static Task File(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        DurableFile.Write(path, content, cancellation);
}
