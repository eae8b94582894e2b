namespace Signalbox.Journal;

/// <summary>Files that are there whole or not at all, whatever is killed when.</summary>
public static class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file that only its owner may read: a temporary file beside it, flushed to disk, then one rename.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written; the old file, if any, is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static async Task Write(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await WriteThrough(temporary, content, FileMode.Create, cancellation);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Adds one line to a file and waits until the disk has it.</summary>
    public static Task AppendLine(string path, ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return WriteThrough(path, (byte[])[.. line.Span, (byte)'\n'], FileMode.Append, cancellation);
    }

    private static async Task WriteThrough(string path, ReadOnlyMemory<byte> content, FileMode mode, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        await using var file = new FileStream(path, options);
        await file.WriteAsync(content, cancellation);
        file.Flush(flushToDisk: true);
    }
}
