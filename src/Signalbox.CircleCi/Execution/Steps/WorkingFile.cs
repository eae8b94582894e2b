namespace Signalbox.CircleCi.Execution.Steps;

/// <summary>One file of a person's working tree, taken as git would take it: contents, mode, or where a link points.</summary>
internal static class WorkingFile
{
    /// <summary>Copies a file or a link; what is gone, and what is a folder such as a submodule, is left out.</summary>
    public static void Copy(string from, string to)
    {
        var file = new FileInfo(from);
        if (file.LinkTarget is { } target)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Delete(to);
            File.CreateSymbolicLink(to, target);
        }
        else if (file.Exists)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to, overwrite: true);
        }
    }
}
