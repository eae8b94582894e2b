namespace Signalbox.Delivery.Environments;

/// <summary>What stands at a path of the repository, as far as signalbox.yml needs to know.</summary>
public enum RepositoryEntry
{
    Missing,
    File,
    Folder,

    /// <summary>A folder with Terraform configuration directly in it.</summary>
    TerraformFolder,

    /// <summary>Nobody looked: the file is read at a commit that is not checked out, and is believed.</summary>
    NotLookedAt,
}

/// <summary>Looks at the repository, so that reading signalbox.yml does not depend on a disk.</summary>
public delegate RepositoryEntry LookUp(RepositoryPath path);

public static class RepositoryFiles
{
    private static readonly EnumerationOptions Readable = new() { IgnoreInaccessible = true };

    /// <summary>Looks at the checkout in a folder.</summary>
    public static LookUp Under(string repositoryFolder) => path =>
    {
        var place = path.In(repositoryFolder);
        if (!Directory.Exists(place))
            return File.Exists(place) ? RepositoryEntry.File : RepositoryEntry.Missing;
        var holdsTerraform = Directory.EnumerateFiles(place, "*.tf", Readable).Any()
            || Directory.EnumerateFiles(place, "*.tf.json", Readable).Any();
        return holdsTerraform ? RepositoryEntry.TerraformFolder : RepositoryEntry.Folder;
    };
}
