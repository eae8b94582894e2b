namespace Signalbox.CircleCi.Execution.Workplaces;

/// <summary>
/// Deletes what a job left: read-only folders included, which Go's module cache is made of, and folders into which
/// something writes that is only just ending.
/// </summary>
internal static class DeletedFolder
{
    /// <summary>With the pauses between them, which grow, 0.4 s in all.</summary>
    private const int Attempts = 20;

    public static void Delete(string folder)
    {
        for (var attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                if (attempt > 1)
                    MakeWritable(folder);
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception refused) when (attempt < Attempts && refused is (IOException or UnauthorizedAccessException))
            {
                // The next attempt finds it writable, or nobody writes into it any more.
                Thread.Sleep(attempt * 2);
            }
        }
    }

    private static void MakeWritable(string folder)
    {
        Permissions.Set(folder, Permissions.OwnerOnly);
        foreach (var below in new DirectoryInfo(folder).EnumerateDirectories())
        {
            if (below.LinkTarget is null)
                MakeWritable(below.FullName);
        }
    }
}
