namespace Signalbox.Journal;

/// <summary>Only one process at a time works on what a file stands for. The system lets go when the holder ends, however it ends.</summary>
public sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _held;

    private FolderLock(FileStream held) => _held = held;

    /// <summary>Null when another process still holds it after <paramref name="limit"/>.</summary>
    public static Task<FolderLock?> Take(string path, TimeSpan limit, TimeProvider clock, CancellationToken cancellation) =>
        Take(path, limit, Pause, clock, cancellation);

    /// <param name="pause">How long to wait before looking again.</param>
    /// <inheritdoc cref="Take(string, TimeSpan, TimeProvider, CancellationToken)"/>
    public static async Task<FolderLock?> Take(string path, TimeSpan limit, TimeSpan pause, TimeProvider clock, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path))
            {
                if (clock.GetElapsedTime(since) > limit)
                    return null;
                await Task.Delay(pause, clock, cancellation);
            }
        }
    }

    public void Dispose() => _held.Dispose();
}
