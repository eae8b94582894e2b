namespace Signalbox.CircleCi.Execution.Workplaces;

/// <summary>Deletes what a job left, read-only folders included: Go's module cache, for one, is made of them.</summary>
internal static class DeletedFolder
{
    public static void Delete(string folder)
    {
        try
        {
            DeleteTree(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            if (!Directory.Exists(folder))
                return;
            MakeWritable(folder);
            DeleteTree(folder);
        }
    }

    private static void DeleteTree(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
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
